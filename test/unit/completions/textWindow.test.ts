import { expect, test } from 'vitest';
import { longestPrefix, windowStart } from '../../../extension/completions/textWindow.ts';

test('the window holds the cursor, never more than its length, and moves once in thousands of keys', () => {
  let moves = 0;
  const outside: number[] = [];
  for (let cursor = 0; cursor <= 580_000; cursor++) {
    const start = windowStart(cursor);
    if (start > cursor || cursor - start > longestPrefix) outside.push(cursor);
    if (cursor > 0 && start !== windowStart(cursor - 1)) moves++;
  }
  expect(outside).toEqual([]);
  expect(moves).toBeLessThanOrEqual(580_000 / 10_000);
});
