import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { difference, gcd, isOdd, square } from '../src/arithmetic.ts';

describe('isOdd', () => {
  it('accepts odd numbers', () => {
    assert.equal(isOdd(1), true);
    assert.equal(isOdd(9), true);
  });

  it('rejects even numbers', () => {
    assert.equal(isOdd(2), false);
    assert.equal(isOdd(0), false);
  });

  it('handles negative numbers', () => {
    assert.equal(isOdd(-3), true);
    assert.equal(isOdd(-4), false);
  });
});

describe('square', () => {
  it('multiplies the number by itself', () => {
    assert.equal(square(3), 9);
    assert.equal(square(12), 144);
  });

  it('is never negative', () => {
    assert.equal(square(-5), 25);
  });

  it('handles zero and one', () => {
    assert.equal(square(0), 0);
    assert.equal(square(1), 1);
  });
});

describe('difference', () => {
  it('subtracts the smaller from the larger', () => {
    assert.equal(difference(7, 3), 4);
    assert.equal(difference(3, 7), 4);
  });

  it('is zero for equal numbers', () => {
    assert.equal(difference(5, 5), 0);
  });

  it('handles negative numbers', () => {
    assert.equal(difference(-2, 3), 5);
  });
});

describe('gcd', () => {
  it('finds the greatest common divisor', () => {
    assert.equal(gcd(12, 18), 6);
    assert.equal(gcd(100, 75), 25);
  });

  it('returns 1 for coprime numbers', () => {
    assert.equal(gcd(7, 9), 1);
  });

  it('handles equal numbers', () => {
    assert.equal(gcd(8, 8), 8);
  });
});
