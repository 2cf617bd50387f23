import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { capitalize, isPalindrome, repeatText, reverseText } from '../src/text.ts';

describe('capitalize', () => {
  it('makes the first letter upper case', () => {
    assert.equal(capitalize('hello'), 'Hello');
    assert.equal(capitalize('good morning'), 'Good morning');
  });

  it('leaves capitalized text as it is', () => {
    assert.equal(capitalize('World'), 'World');
  });

  it('accepts short and empty text', () => {
    assert.equal(capitalize('a'), 'A');
    assert.equal(capitalize(''), '');
  });
});

describe('reverseText', () => {
  it('reverses the characters', () => {
    assert.equal(reverseText('abc'), 'cba');
    assert.equal(reverseText('hello'), 'olleh');
  });

  it('keeps a single character', () => {
    assert.equal(reverseText('x'), 'x');
  });

  it('returns an empty text for an empty text', () => {
    assert.equal(reverseText(''), '');
  });
});

describe('repeatText', () => {
  it('repeats the text', () => {
    assert.equal(repeatText('ab', 3), 'ababab');
    assert.equal(repeatText('-', 5), '-----');
  });

  it('returns the text itself for once', () => {
    assert.equal(repeatText('hey', 1), 'hey');
  });

  it('returns an empty text for zero times', () => {
    assert.equal(repeatText('hey', 0), '');
  });
});

describe('isPalindrome', () => {
  it('accepts palindromes', () => {
    assert.equal(isPalindrome('level'), true);
    assert.equal(isPalindrome('abba'), true);
  });

  it('rejects other words', () => {
    assert.equal(isPalindrome('hello'), false);
    assert.equal(isPalindrome('ab'), false);
  });

  it('accepts a single letter and nothing', () => {
    assert.equal(isPalindrome('a'), true);
    assert.equal(isPalindrome(''), true);
  });
});
