import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from '../src/answer.ts';

test('answers', () => {
  assert.equal(answer(), 42);
});

test('answers again', () => {
  assert.equal(answer(), 42);
});
