import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSorted, reverseList, sortByLength, sortNumbers } from '../src/sorting.ts';

describe('sortNumbers', () => {
  it('sorts the numbers', () => {
    assert.deepEqual(sortNumbers([3, 1, 2]), [1, 2, 3]);
    assert.deepEqual(sortNumbers([5, 4]), [4, 5]);
  });

  it('sorts by value, not as text', () => {
    assert.deepEqual(sortNumbers([10, 9, 1]), [1, 9, 10]);
  });

  it('does not change the list', () => {
    const numbers = [2, 1];
    assert.deepEqual(sortNumbers(numbers), [1, 2]);
    assert.deepEqual(numbers, [2, 1]);
  });
});

describe('sortByLength', () => {
  it('sorts the words by length', () => {
    assert.deepEqual(sortByLength(['ccc', 'a', 'bb']), ['a', 'bb', 'ccc']);
    assert.deepEqual(sortByLength(['apple', 'fig']), ['fig', 'apple']);
  });

  it('keeps the order of equally long words', () => {
    assert.deepEqual(sortByLength(['dog', 'cat', 'ox']), ['ox', 'dog', 'cat']);
  });

  it('accepts an empty list', () => {
    assert.deepEqual(sortByLength([]), []);
  });
});

describe('isSorted', () => {
  it('accepts sorted numbers', () => {
    assert.equal(isSorted([1, 2, 3]), true);
    assert.equal(isSorted([1, 1, 2]), true);
  });

  it('rejects unsorted numbers', () => {
    assert.equal(isSorted([2, 1]), false);
    assert.equal(isSorted([1, 3, 2]), false);
  });

  it('accepts short lists', () => {
    assert.equal(isSorted([]), true);
    assert.equal(isSorted([5]), true);
  });
});

describe('reverseList', () => {
  it('reverses the list', () => {
    assert.deepEqual(reverseList([1, 2, 3]), [3, 2, 1]);
    assert.deepEqual(reverseList(['a', 'b']), ['b', 'a']);
  });

  it('accepts an empty list', () => {
    assert.deepEqual(reverseList([]), []);
  });

  it('does not change the list', () => {
    const list = [1, 2];
    assert.deepEqual(reverseList(list), [2, 1]);
    assert.deepEqual(list, [1, 2]);
  });
});
