const { answer } = require('../src/answer.js');

test('answers', () => {
  expect(answer()).toBe(42);
});

test('answers again', () => {
  expect(answer()).toBe(42);
});
