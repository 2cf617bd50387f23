import { expect, test } from 'vitest';
import { answer } from '../src/answer.ts';

test('answers', () => {
  expect(answer()).toBe(42);
});

test('answers again', () => {
  expect(answer()).toBe(42);
});
