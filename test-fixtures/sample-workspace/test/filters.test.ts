import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countValue, evenNumbers, greaterThan, intersection } from '../src/filters.ts';

test('evenNumbers keeps the even numbers', () => {
  assert.deepEqual(evenNumbers([1, 2, 3, 4]), [2, 4]);
  assert.deepEqual(evenNumbers([10, 15, 20]), [10, 20]);
});

test('evenNumbers returns nothing if all are odd', () => {
  assert.deepEqual(evenNumbers([1, 3]), []);
});

test('evenNumbers keeps zero', () => {
  assert.deepEqual(evenNumbers([0, 1]), [0]);
});

test('greaterThan keeps the larger numbers', () => {
  assert.deepEqual(greaterThan([1, 5, 10], 4), [5, 10]);
  assert.deepEqual(greaterThan([3, 8, 2], 2), [3, 8]);
});

test('greaterThan leaves out the limit itself', () => {
  assert.deepEqual(greaterThan([1, 2, 3], 2), [3]);
});

test('greaterThan returns nothing if all are smaller', () => {
  assert.deepEqual(greaterThan([1, 2], 10), []);
});

test('countValue counts equal elements', () => {
  assert.equal(countValue([1, 2, 1, 1], 1), 3);
  assert.equal(countValue(['a', 'b'], 'b'), 1);
});

test('countValue returns 0 if the value is missing', () => {
  assert.equal(countValue([1, 2], 3), 0);
  assert.equal(countValue([], 1), 0);
});

test('intersection returns the common elements', () => {
  assert.deepEqual(intersection([1, 2, 3], [2, 3, 4]), [2, 3]);
  assert.deepEqual(intersection(['a', 'b'], ['b']), ['b']);
});

test('intersection returns nothing without common elements', () => {
  assert.deepEqual(intersection([1], [2]), []);
});

test('intersection keeps the order of the first list', () => {
  assert.deepEqual(intersection([3, 1], [1, 2, 3]), [3, 1]);
});
