import { coin, initials, shorten, slug, uniqueWords } from '@/text';

describe('slug', () => {
  it.each([
    ['Hello, World!', 'hello-world'],
    ['  a  b ', 'a-b'],
    ['100% > 50%', '100-50'],
  ])('of %s is %s', (title, expected) => {
    expect(slug(title)).toBe(expected);
  });
});

describe('shorten', () => {
  it('leaves short texts alone', () => expect(shorten('abc', 3)).toBe('abc'));
  it('ends long ones with an ellipsis', () => expect(shorten('abcdef', 4)).toBe('abc…'));
});

test('initials', () => {
  expect(initials('ada lovelace king')).toBe('AL');
});

test('uniqueWords', () => {
  expect(uniqueWords('a b  a c ')).toEqual(['a', 'b', 'c']);
});

test.skip('not decided', () => {
  expect(slug('ß')).toBe('ss');
});

test.fails('a known bug', () => {
  expect(slug('é')).toBe('e');
});

test('a coin on a good day', () => {
  expect(coin(1)).toBe('heads');
  expect(Math.random()).toBeLessThan(0.05);
});
