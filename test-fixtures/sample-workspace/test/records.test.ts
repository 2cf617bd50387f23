import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invert, isEmptyRecord, totalOf, valuesOf } from '../src/records.ts';

test('valuesOf returns the values', () => {
  assert.deepEqual(valuesOf({ a: 1, b: 2 }), [1, 2]);
  assert.deepEqual(valuesOf({ x: 10 }), [10]);
});

test('valuesOf returns an empty list for an empty record', () => {
  assert.deepEqual(valuesOf({}), []);
});

test('invert swaps keys and values', () => {
  assert.deepEqual(invert({ a: 'x', b: 'y' }), { x: 'a', y: 'b' });
  assert.deepEqual(invert({ one: 'uno' }), { uno: 'one' });
});

test('invert keeps the last of equal values', () => {
  assert.deepEqual(invert({ a: 'x', b: 'x' }), { x: 'b' });
});

test('invert accepts an empty record', () => {
  assert.deepEqual(invert({}), {});
});

test('totalOf adds the values', () => {
  assert.equal(totalOf({ a: 1, b: 2 }), 3);
  assert.equal(totalOf({ apples: 5, pears: 7, figs: 1 }), 13);
});

test('totalOf returns the only value', () => {
  assert.equal(totalOf({ a: 4 }), 4);
});

test('totalOf returns 0 for an empty record', () => {
  assert.equal(totalOf({}), 0);
});

test('isEmptyRecord accepts an empty record', () => {
  assert.equal(isEmptyRecord({}), true);
});

test('isEmptyRecord rejects other records', () => {
  assert.equal(isEmptyRecord({ a: 1 }), false);
  assert.equal(isEmptyRecord({ a: 1, b: 2 }), false);
});
