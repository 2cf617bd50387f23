import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countKeys, hasKey, merge, pick } from '../src/objects.ts';

describe('countKeys', () => {
  it('counts the keys', () => {
    assert.equal(countKeys({ a: 1, b: 2 }), 2);
    assert.equal(countKeys({ name: 'Ada' }), 1);
  });

  it('returns 0 for an empty object', () => {
    assert.equal(countKeys({}), 0);
  });
});

describe('hasKey', () => {
  it('finds a key', () => {
    assert.equal(hasKey({ a: 1 }, 'a'), true);
  });

  it('finds a key whose value is undefined', () => {
    assert.equal(hasKey({ a: undefined }, 'a'), true);
  });

  it('does not find a missing key', () => {
    assert.equal(hasKey({ a: 1 }, 'b'), false);
    assert.equal(hasKey({}, 'a'), false);
  });
});

describe('pick', () => {
  it('keeps the given keys', () => {
    assert.deepEqual(pick({ a: 1, b: 2, c: 3 }, ['a', 'c']), { a: 1, c: 3 });
    assert.deepEqual(pick({ name: 'Ada', age: 36 }, ['name']), { name: 'Ada' });
  });

  it('ignores missing keys', () => {
    assert.deepEqual(pick({ a: 1 }, ['a', 'b']), { a: 1 });
  });

  it('returns an empty object without keys', () => {
    assert.deepEqual(pick({ a: 1 }, []), {});
  });
});

describe('merge', () => {
  it('joins both objects', () => {
    assert.deepEqual(merge({ a: 1 }, { b: 2 }), { a: 1, b: 2 });
  });

  it('prefers the second object', () => {
    assert.deepEqual(merge({ a: 1, b: 1 }, { b: 2 }), { a: 1, b: 2 });
  });

  it('accepts empty objects', () => {
    assert.deepEqual(merge({}, { a: 1 }), { a: 1 });
    assert.deepEqual(merge({ a: 1 }, {}), { a: 1 });
  });
});
