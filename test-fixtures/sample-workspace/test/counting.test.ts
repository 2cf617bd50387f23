import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countOccurrences, countPositive, range, totalLength } from '../src/counting.ts';

describe('range', () => {
  it('lists the integers', () => {
    assert.deepEqual(range(1, 4), [1, 2, 3]);
    assert.deepEqual(range(0, 3), [0, 1, 2]);
  });

  it('starts below zero', () => {
    assert.deepEqual(range(-2, 1), [-2, -1, 0]);
  });

  it('is empty if start and end are equal', () => {
    assert.deepEqual(range(3, 3), []);
  });
});

describe('countOccurrences', () => {
  it('counts each word', () => {
    assert.deepEqual(countOccurrences(['a', 'b', 'a']), { a: 2, b: 1 });
    assert.deepEqual(countOccurrences(['x', 'x', 'x']), { x: 3 });
  });

  it('counts single words', () => {
    assert.deepEqual(countOccurrences(['one', 'two']), { one: 1, two: 1 });
  });

  it('returns an empty record for an empty list', () => {
    assert.deepEqual(countOccurrences([]), {});
  });
});

describe('countPositive', () => {
  it('counts positive numbers', () => {
    assert.equal(countPositive([1, -2, 3]), 2);
    assert.equal(countPositive([5, 6, 7]), 3);
  });

  it('leaves out zero', () => {
    assert.equal(countPositive([0, 1]), 1);
  });

  it('returns 0 if there are none', () => {
    assert.equal(countPositive([-1, -2]), 0);
    assert.equal(countPositive([]), 0);
  });
});

describe('totalLength', () => {
  it('adds the lengths', () => {
    assert.equal(totalLength(['ab', 'cde']), 5);
    assert.equal(totalLength(['a', 'b', 'c']), 3);
  });

  it('ignores empty words', () => {
    assert.equal(totalLength(['', 'abc']), 3);
  });

  it('returns 0 for an empty list', () => {
    assert.equal(totalLength([]), 0);
  });
});
