import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullName, greet, initials, sameName } from '../src/names.ts';

test('fullName joins both names', () => {
  assert.equal(fullName('Ada', 'Lovelace'), 'Ada Lovelace');
  assert.equal(fullName('Alan', 'Turing'), 'Alan Turing');
});

test('fullName accepts one letter names', () => {
  assert.equal(fullName('A', 'B'), 'A B');
});

test('initials takes the first letter of each name', () => {
  assert.equal(initials('Ada Lovelace'), 'AL');
  assert.equal(initials('John Ronald Tolkien'), 'JRT');
});

test('initials works for a single name', () => {
  assert.equal(initials('Plato'), 'P');
});

test('initials makes the letters upper case', () => {
  assert.equal(initials('grace hopper'), 'GH');
});

test('greet says hello', () => {
  assert.equal(greet('Ada'), 'Hello, Ada!');
  assert.equal(greet('Bob'), 'Hello, Bob!');
});

test('greet greets the world', () => {
  assert.equal(greet('world'), 'Hello, world!');
});

test('sameName accepts equal names', () => {
  assert.equal(sameName('Ada', 'Ada'), true);
});

test('sameName ignores the case', () => {
  assert.equal(sameName('ada', 'ADA'), true);
  assert.equal(sameName('Bob', 'bOB'), true);
});

test('sameName rejects different names', () => {
  assert.equal(sameName('Ada', 'Bob'), false);
  assert.equal(sameName('Ada', 'Adam'), false);
});
