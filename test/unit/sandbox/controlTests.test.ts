import { beforeAll, describe, expect, it } from 'vitest';
import { type ArmedFiles, arm, writtenTests } from '../../../sandbox/grading/controlTests.ts';
import { SyntaxTrees } from '../../../sandbox/tasks/syntaxTrees.ts';

let trees: SyntaxTrees;
beforeAll(async () => {
  trees = await SyntaxTrees.load();
});

function armed(file: string, text: string, tests: readonly string[]): ArmedFiles {
  let drawn = 0;
  const written = writtenTests(trees, file, text);
  const controls = { canaries: [file], negations: tests };
  return arm(
    { [file]: text },
    () => written,
    tests,
    controls,
    () => ({ word: `w${++drawn}`, number: 7 }),
  );
}

/** The lines that arming has added. */
function added(file: string, text: string, tests: readonly string[]): string[] {
  const lines = text.split('\n');
  return armed(file, text, tests)
    .texts[file]!.split('\n')
    .filter((line) => line.trim() !== '' && !lines.includes(line));
}

/** How the expected value of a single assertion is changed. */
const negated = (assertion: string) =>
  added('a.test.ts', `test('t', () => {${assertion}});`, ['a.test.ts > t'])
    .find((line) => line.includes('t w1'))
    ?.replace(/^;test\("t w1", \(\) => \{(.*)\}\);$/, '$1');

describe('the negation of a JavaScript test', () => {
  it.each([
    ['assert.equal(f(1), 42)', 'assert.equal(f(1), (42 * 3 + 7.25))'],
    ['assert.strictEqual(f(), -1.5)', 'assert.strictEqual(f(), (-1.5 * 3 + 7.25))'],
    ['assert.equal(f(), 5n)', 'assert.equal(f(), (5n * 3n + 7n))'],
    ["assert.equal(f(), 'a')", 'assert.equal(f(), (\'a\' + "w1"))'],
    ['assert.deepEqual(f(), [])', 'assert.deepEqual(f(), ["w1", ])'],
    ['assert.deepEqual(f(), { a: 1 })', 'assert.deepEqual(f(), { "w1": 1,  a: 1 })'],
    ['assert.equal(f(), expected)', 'assert.equal(f(), ["w1", expected])'],
    ['expect(f()).toBe(true)', 'expect(f()).toBe(!true)'],
    ['expect(f()).to.deep.equal(null)', 'expect(f()).to.deep.equal("w1")'],
    ['g(1); expect(f()).toEqual(1); g(2)', 'g(1); expect(f()).toEqual((1 * 3 + 7.25)); g(2)'],
  ])('expects another value: %s', (assertion, negation) => {
    expect(negated(assertion)).toBe(negation);
  });

  it.each(['assert(f())', 'expect(f()).not.toBe(1)', 'expect(f).toThrow(1)', 't.equal(f(), 1)'])(
    'is not made where that does not turn it around: %s',
    (assertion) => {
      const names = armed('a.test.ts', `test('t', (t) => {${assertion}});`, ['a.test.ts > t']).controls;
      expect(names.filter(({ negates }) => negates !== undefined)).toEqual([]);
    },
  );
});

describe('control tests', () => {
  it('stand beside the test in its suite, under names of their own', () => {
    const text = `describe('s', () => {\n  it('t', () => { expect(f()).toBe(1); });\n});\n`;
    const { texts, controls } = armed('a.test.js', text, ['a.test.js > s > t']);
    expect(controls).toEqual([
      { id: 'a.test.js > s > t w1', negates: 'a.test.js > s > t' },
      { id: 'a.test.js > s > t w2', negates: undefined },
      { id: 'a.test.js > s > t w3', negates: undefined },
    ]);
    expect(texts['a.test.js']).toContain('it("t w2", () => { throw new Error("w2"); });');
    expect(texts['a.test.js']).toContain('it("t w3", () => { expect(1).toBe(7); });');
    const inside = texts['a.test.js']!.indexOf('t w3') < texts['a.test.js']!.lastIndexOf('});');
    expect(inside).toBe(true);
  });

  it('are not made of tests in loops, of computed names and of names that occur twice', () => {
    const text =
      "for (const n of [1]) test('a', () => {});\ntest(name, () => {});\ntest('b', () => {});\ntest('b', () => {});";
    expect(writtenTests(trees, 'a.test.js', text).size).toBe(0);
  });

  it('are functions and methods in Python', () => {
    const text = [
      'class TestF:',
      '    @pytest.mark.parametrize("n, e", [(1, 2)])',
      '    def test_f(self, n, e):',
      '        assert f(n) == e',
      '',
      '',
      'def test_g():',
      '    assert g() == "x"',
    ].join('\n');
    const tests = ['test_f.py > TestF > test_f[1-2]', 'test_f.py > test_g'];
    const { controls } = armed('test_f.py', text, tests);
    expect(controls.map(({ id }) => id)).toEqual([
      'test_f.py > TestF > test_f_w1[1-2]',
      'test_f.py > test_g_w2',
      'test_f.py > TestF > test_f_w3',
      'test_f.py > TestF > test_f_w4',
    ]);
    expect(added('test_f.py', text, tests)).toEqual([
      '    def test_f_w4(self):',
      '        assert 1 == 7',
      '    def test_f_w3(self):',
      '        raise Exception("w3")',
      '    def test_f_w1(self, n, e):',
      '        assert f(n) == ["w1", e]',
      'def test_g_w2():',
      '    assert g() == ("x" + "w2")',
    ]);
    expect(
      trees.read('python', armed('test_f.py', text, tests).texts['test_f.py']!, (root) => root.hasError),
    ).toBe(false);
  });
});
