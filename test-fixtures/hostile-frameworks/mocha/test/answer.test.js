const assert = require('node:assert/strict');
const { answer } = require('../src/answer.js');

describe('answer', () => {
  it('answers', () => {
    assert.equal(answer(), 42);
  });

  it('answers again', () => {
    assert.equal(answer(), 42);
  });
});
