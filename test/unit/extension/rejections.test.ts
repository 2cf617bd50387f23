import { expect, test } from 'vitest';
import { reasonWords } from '../../../extension/tasks/rejections.ts';
import { rejectionReasons } from '../../../sandbox/tasks/rejection.ts';

test('every reason why a function is no task has words of its own', () => {
  const words = rejectionReasons.map((reason) => [reason, reasonWords(reason)] as const);
  for (const [reason, text] of words) {
    expect(text, reason).toMatch(/^[A-Z]/);
    expect(text, reason).not.toBe(reason.replaceAll('-', ' '));
  }
  expect(new Set(words.map(([, text]) => text)).size).toBe(rejectionReasons.length);
});
