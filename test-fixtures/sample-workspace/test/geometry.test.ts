import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hypotenuse, isTriangle, rectangleArea, rectanglePerimeter } from '../src/geometry.ts';

describe('rectangleArea', () => {
  it('multiplies the sides', () => {
    assert.equal(rectangleArea(3, 4), 12);
    assert.equal(rectangleArea(10, 2.5), 25);
  });

  it('works for a square', () => {
    assert.equal(rectangleArea(5, 5), 25);
  });

  it('is zero without width', () => {
    assert.equal(rectangleArea(0, 4), 0);
  });
});

describe('rectanglePerimeter', () => {
  it('adds all four sides', () => {
    assert.equal(rectanglePerimeter(3, 4), 14);
    assert.equal(rectanglePerimeter(1, 10), 22);
  });

  it('works for a square', () => {
    assert.equal(rectanglePerimeter(5, 5), 20);
  });
});

describe('hypotenuse', () => {
  it('follows the theorem of Pythagoras', () => {
    assert.equal(hypotenuse(3, 4), 5);
    assert.equal(hypotenuse(5, 12), 13);
  });

  it('works for larger triangles', () => {
    assert.equal(hypotenuse(8, 15), 17);
  });

  it('returns the other leg if one is zero', () => {
    assert.equal(hypotenuse(0, 7), 7);
  });
});

describe('isTriangle', () => {
  it('accepts triangles', () => {
    assert.equal(isTriangle(3, 4, 5), true);
    assert.equal(isTriangle(2, 2, 2), true);
  });

  it('rejects a side that is too long', () => {
    assert.equal(isTriangle(1, 2, 5), false);
    assert.equal(isTriangle(9, 3, 3), false);
  });

  it('rejects flat triangles', () => {
    assert.equal(isTriangle(1, 2, 3), false);
  });
});
