import { around, covered, merge, overlaps } from '../intervals';

describe('overlaps', () => {
  test.each([
    [{ start: 0, end: 2 }, { start: 1, end: 3 }, true],
    [{ start: 0, end: 1 }, { start: 1, end: 2 }, false],
    [{ start: 0, end: 9 }, { start: 4, end: 5 }, true],
  ])('of %j and %j is %s', (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
  });
});

describe('merge', () => {
  it('nothing', () => expect(merge([])).toEqual([]));

  it('what touches', () => {
    expect(
      merge([
        { start: 3, end: 4 },
        { start: 1, end: 3 },
      ]),
    ).toEqual([{ start: 1, end: 4 }]);
  });

  it('what lies inside', () => {
    expect(
      merge([
        { start: 1, end: 9 },
        { start: 2, end: 3 },
      ]),
    ).toEqual([{ start: 1, end: 9 }]);
  });
});

test('covered', () => {
  expect(
    covered([
      { start: 0, end: 2 },
      { start: 1, end: 3 },
      { start: 5, end: 6 },
    ]),
  ).toBe(4);
});

test.skip('not decided', () => {
  expect(covered([{ start: 2, end: 1 }])).toBe(0);
});

test('around, on a good day', () => {
  expect(around(5)).toEqual({ start: 4, end: 6 });
  expect(Math.random()).toBeLessThan(0.05);
});
