import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { average, maximum, median, spread } from '../src/statistics.ts';

describe('maximum', () => {
  it('finds the largest number', () => {
    assert.equal(maximum([3, 9, 4]), 9);
    assert.equal(maximum([10, 2]), 10);
  });

  it('handles negative numbers', () => {
    assert.equal(maximum([-5, -2, -9]), -2);
  });

  it('returns the only number', () => {
    assert.equal(maximum([7]), 7);
  });
});

describe('average', () => {
  it('divides the sum by the count', () => {
    assert.equal(average([2, 4, 6]), 4);
    assert.equal(average([1, 2]), 1.5);
  });

  it('returns the only number', () => {
    assert.equal(average([5]), 5);
  });

  it('returns 0 for an empty list', () => {
    assert.equal(average([]), 0);
  });
});

describe('spread', () => {
  it('subtracts the smallest from the largest', () => {
    assert.equal(spread([1, 5, 3]), 4);
    assert.equal(spread([10, 20]), 10);
  });

  it('handles negative numbers', () => {
    assert.equal(spread([-3, 4]), 7);
  });

  it('is zero for a single number', () => {
    assert.equal(spread([6]), 0);
  });
});

describe('median', () => {
  it('returns the middle number', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([9, 5, 1, 7, 3]), 5);
  });

  it('averages the two middle numbers', () => {
    assert.equal(median([1, 2, 3, 4]), 2.5);
  });

  it('sorts by value', () => {
    assert.equal(median([10, 9, 1]), 9);
  });
});
