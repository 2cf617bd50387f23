import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clamp, double, factorial, isEven } from '../src/numbers.ts';

describe('isEven', () => {
  it('accepts even numbers', () => {
    assert.equal(isEven(2), true);
    assert.equal(isEven(10), true);
  });

  it('rejects odd numbers', () => {
    assert.equal(isEven(3), false);
    assert.equal(isEven(7), false);
  });

  it('handles zero and negative numbers', () => {
    assert.equal(isEven(0), true);
    assert.equal(isEven(-4), true);
    assert.equal(isEven(-3), false);
  });
});

describe('double', () => {
  it('doubles the number', () => {
    assert.equal(double(3), 6);
    assert.equal(double(50), 100);
  });

  it('handles fractions', () => {
    assert.equal(double(1.5), 3);
  });

  it('handles zero and negative numbers', () => {
    assert.equal(double(0), 0);
    assert.equal(double(-4), -8);
  });
});

describe('clamp', () => {
  it('keeps a value inside the range', () => {
    assert.equal(clamp(5, 0, 10), 5);
  });

  it('raises a value below the range', () => {
    assert.equal(clamp(-3, 0, 10), 0);
    assert.equal(clamp(1, 2, 4), 2);
  });

  it('lowers a value above the range', () => {
    assert.equal(clamp(12, 0, 10), 10);
    assert.equal(clamp(9, 2, 4), 4);
  });
});

describe('factorial', () => {
  it('multiplies the numbers up to n', () => {
    assert.equal(factorial(3), 6);
    assert.equal(factorial(5), 120);
  });

  it('returns 1 for 1', () => {
    assert.equal(factorial(1), 1);
  });

  it('returns 1 for 0', () => {
    assert.equal(factorial(0), 1);
  });
});
