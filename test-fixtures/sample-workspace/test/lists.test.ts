import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunk, isEmptyList, last, unique } from '../src/lists.ts';

describe('last', () => {
  it('returns the last element', () => {
    assert.equal(last([1, 2, 3]), 3);
    assert.equal(last(['a', 'b']), 'b');
  });

  it('returns the only element', () => {
    assert.equal(last([7]), 7);
  });

  it('returns undefined for an empty list', () => {
    assert.equal(last([]), undefined);
  });
});

describe('unique', () => {
  it('removes duplicates', () => {
    assert.deepEqual(unique([1, 2, 2, 3, 1]), [1, 2, 3]);
    assert.deepEqual(unique(['a', 'a', 'b']), ['a', 'b']);
  });

  it('keeps a list without duplicates', () => {
    assert.deepEqual(unique([3, 1, 2]), [3, 1, 2]);
  });

  it('accepts an empty list', () => {
    assert.deepEqual(unique([]), []);
  });
});

describe('isEmptyList', () => {
  it('accepts an empty list', () => {
    assert.equal(isEmptyList([]), true);
  });

  it('rejects other lists', () => {
    assert.equal(isEmptyList([1]), false);
    assert.equal(isEmptyList(['a', 'b']), false);
  });
});

describe('chunk', () => {
  it('splits evenly', () => {
    assert.deepEqual(chunk([1, 2, 3, 4], 2), [
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual(chunk([1, 2, 3, 4, 5, 6], 3), [
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('leaves a shorter chunk at the end', () => {
    assert.deepEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]);
  });

  it('accepts an empty list', () => {
    assert.deepEqual(chunk([], 3), []);
  });
});
