import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countWords, joinWords, longestWord, reverseWords } from '../src/words.ts';

test('countWords counts the words of a sentence', () => {
  assert.equal(countWords('the quick brown fox'), 4);
  assert.equal(countWords('hello'), 1);
});

test('countWords ignores extra spaces', () => {
  assert.equal(countWords('  two   words '), 2);
});

test('countWords returns 0 for an empty text', () => {
  assert.equal(countWords(''), 0);
});

test('reverseWords reverses the order of the words', () => {
  assert.equal(reverseWords('one two three'), 'three two one');
  assert.equal(reverseWords('hello world'), 'world hello');
});

test('reverseWords keeps a single word', () => {
  assert.equal(reverseWords('hello'), 'hello');
});

test('longestWord finds the longest word', () => {
  assert.equal(longestWord(['fig', 'banana', 'pear']), 'banana');
  assert.equal(longestWord(['one', 'three', 'two']), 'three');
});

test('longestWord returns the first of several longest words', () => {
  assert.equal(longestWord(['cat', 'dog']), 'cat');
});

test('longestWord returns an empty string for an empty list', () => {
  assert.equal(longestWord([]), '');
});

test('joinWords puts a comma between the words', () => {
  assert.equal(joinWords(['a', 'b', 'c']), 'a, b, c');
  assert.equal(joinWords(['red', 'green']), 'red, green');
});

test('joinWords adds nothing to a single word', () => {
  assert.equal(joinWords(['blue']), 'blue');
});

test('joinWords accepts an empty list', () => {
  assert.equal(joinWords([]), '');
});
