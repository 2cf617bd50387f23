import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countDigits, isDivisible, sumOfDigits, toBinary } from '../src/digits.ts';

test('countDigits counts the digits', () => {
  assert.equal(countDigits(7), 1);
  assert.equal(countDigits(42), 2);
});

test('countDigits counts the digits of large numbers', () => {
  assert.equal(countDigits(123456), 6);
});

test('countDigits counts zeros', () => {
  assert.equal(countDigits(1000), 4);
});

test('sumOfDigits adds the digits', () => {
  assert.equal(sumOfDigits(123), 6);
  assert.equal(sumOfDigits(99), 18);
});

test('sumOfDigits returns a single digit', () => {
  assert.equal(sumOfDigits(7), 7);
});

test('sumOfDigits ignores zeros', () => {
  assert.equal(sumOfDigits(1001), 2);
});

test('toBinary writes powers of two', () => {
  assert.equal(toBinary(2), '10');
  assert.equal(toBinary(8), '1000');
});

test('toBinary writes other numbers', () => {
  assert.equal(toBinary(5), '101');
  assert.equal(toBinary(10), '1010');
});

test('toBinary writes zero and one', () => {
  assert.equal(toBinary(0), '0');
  assert.equal(toBinary(1), '1');
});

test('isDivisible accepts multiples', () => {
  assert.equal(isDivisible(10, 5), true);
  assert.equal(isDivisible(9, 3), true);
});

test('isDivisible rejects other numbers', () => {
  assert.equal(isDivisible(10, 3), false);
  assert.equal(isDivisible(7, 2), false);
});

test('isDivisible accepts zero', () => {
  assert.equal(isDivisible(0, 4), true);
});
