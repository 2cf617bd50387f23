import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { product, sum, sumOfSquares, sumTo } from '../src/sums.ts';

describe('sum', () => {
  it('adds the numbers', () => {
    assert.equal(sum([1, 2, 3]), 6);
    assert.equal(sum([10, 20, 30, 40]), 100);
  });

  it('handles negative numbers', () => {
    assert.equal(sum([5, -5, 2]), 2);
  });

  it('returns 0 for an empty list', () => {
    assert.equal(sum([]), 0);
  });
});

describe('product', () => {
  it('multiplies the numbers', () => {
    assert.equal(product([2, 3, 4]), 24);
    assert.equal(product([5, 5]), 25);
  });

  it('is zero if one number is zero', () => {
    assert.equal(product([3, 0, 7]), 0);
  });

  it('returns 1 for an empty list', () => {
    assert.equal(product([]), 1);
  });
});

describe('sumOfSquares', () => {
  it('adds the squares', () => {
    assert.equal(sumOfSquares([1, 2, 3]), 14);
    assert.equal(sumOfSquares([3, 4]), 25);
  });

  it('handles negative numbers', () => {
    assert.equal(sumOfSquares([-2, 1]), 5);
  });

  it('returns 0 for an empty list', () => {
    assert.equal(sumOfSquares([]), 0);
  });
});

describe('sumTo', () => {
  it('adds the integers up to n', () => {
    assert.equal(sumTo(3), 6);
    assert.equal(sumTo(10), 55);
  });

  it('adds many integers', () => {
    assert.equal(sumTo(100), 5050);
  });

  it('returns 1 for 1', () => {
    assert.equal(sumTo(1), 1);
  });
});
