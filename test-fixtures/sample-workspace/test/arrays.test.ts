import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compact, flatten, take, zip } from '../src/arrays.ts';

test('take returns the first elements', () => {
  assert.deepEqual(take([1, 2, 3, 4], 2), [1, 2]);
  assert.deepEqual(take(['a', 'b', 'c'], 1), ['a']);
});

test('take returns everything if there are fewer', () => {
  assert.deepEqual(take([1, 2], 5), [1, 2]);
});

test('take returns nothing for zero', () => {
  assert.deepEqual(take([1, 2], 0), []);
});

test('compact removes null and undefined', () => {
  assert.deepEqual(compact([1, null, 2, undefined, 3]), [1, 2, 3]);
  assert.deepEqual(compact([null, 'a']), ['a']);
});

test('compact keeps zero and empty text', () => {
  assert.deepEqual(compact([0, '', null]), [0, '']);
});

test('compact accepts an empty array', () => {
  assert.deepEqual(compact([]), []);
});

test('flatten joins the inner arrays', () => {
  assert.deepEqual(flatten([[1, 2], [3], [4, 5]]), [1, 2, 3, 4, 5]);
  assert.deepEqual(flatten([['a'], ['b']]), ['a', 'b']);
});

test('flatten skips empty arrays', () => {
  assert.deepEqual(flatten([[], [1], []]), [1]);
});

test('flatten accepts an empty array', () => {
  assert.deepEqual(flatten([]), []);
});

test('zip pairs the elements', () => {
  assert.deepEqual(zip([1, 2], ['a', 'b']), [
    [1, 'a'],
    [2, 'b'],
  ]);
});

test('zip stops at the shorter array', () => {
  assert.deepEqual(zip([1, 2, 3], ['a']), [[1, 'a']]);
  assert.deepEqual(zip([1], [4, 5]), [[1, 4]]);
});

test('zip accepts empty arrays', () => {
  assert.deepEqual(zip([], []), []);
});
