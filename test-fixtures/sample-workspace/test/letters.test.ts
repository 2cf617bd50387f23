import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countLetter, countVowels, isUpperCase, removeSpaces } from '../src/letters.ts';

describe('countVowels', () => {
  it('counts the vowels of a word', () => {
    assert.equal(countVowels('banana'), 3);
    assert.equal(countVowels('education'), 5);
  });

  it('counts upper case vowels', () => {
    assert.equal(countVowels('APPLE'), 2);
  });

  it('returns 0 if there are none', () => {
    assert.equal(countVowels('rhythm'), 0);
    assert.equal(countVowels(''), 0);
  });
});

describe('removeSpaces', () => {
  it('removes every space', () => {
    assert.equal(removeSpaces('a b c'), 'abc');
    assert.equal(removeSpaces(' hello world '), 'helloworld');
  });

  it('keeps text without spaces', () => {
    assert.equal(removeSpaces('hello'), 'hello');
  });
});

describe('countLetter', () => {
  it('counts the letter', () => {
    assert.equal(countLetter('banana', 'a'), 3);
    assert.equal(countLetter('hello', 'l'), 2);
  });

  it('returns 0 if the letter is missing', () => {
    assert.equal(countLetter('hello', 'z'), 0);
    assert.equal(countLetter('', 'a'), 0);
  });

  it('distinguishes upper and lower case', () => {
    assert.equal(countLetter('Anna', 'a'), 1);
  });
});

describe('isUpperCase', () => {
  it('accepts upper case', () => {
    assert.equal(isUpperCase('HELLO'), true);
    assert.equal(isUpperCase('A'), true);
  });

  it('rejects lower case', () => {
    assert.equal(isUpperCase('hello'), false);
  });

  it('rejects mixed case', () => {
    assert.equal(isUpperCase('Hello'), false);
  });
});
