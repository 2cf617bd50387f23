import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';
import { filesLoadedBy } from '../../../sandbox/tasks/dependencies.ts';
import type { MiningOptions } from '../../../sandbox/tasks/mine.ts';
import { mutantsOf } from '../../../sandbox/tasks/mutants.ts';
import { wrongBodies } from '../../../sandbox/tasks/stubs.ts';
import { SyntaxTrees } from '../../../sandbox/tasks/syntaxTrees.ts';

let trees: SyntaxTrees;
beforeAll(async () => {
  trees = await SyntaxTrees.load();
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function write(folder: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function workspaceOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  folders.push(folder);
  return write(folder, { 'package.json': '{"type":"module"}', ...files });
}

async function mine(folder: string, options: MiningOptions = {}) {
  await using environment = await Environment.open(folder);
  return await environment.mine(options);
}

const testing = (file: string, calls: string) =>
  `import assert from 'node:assert';\nimport test from 'node:test';\nimport * as m from '../src/${file}';\n${calls}\n`;
const reasons = (rejected: readonly { name: string; reason: string }[]) =>
  Object.fromEntries(rejected.map(({ name, reason }) => [name, reason]));

describe('mining', () => {
  it('leaves out tests that fail or flip, and goes on with the others', async () => {
    const mined = await mine(
      workspaceOf({
        'src/m.js': 'export function one() { return 1; }\nexport function two() { return 2; }',
        'test/m.test.js': testing(
          'm.js',
          `test('one', () => assert.equal(m.one(), 1));
           test('red', () => assert.equal(m.one(), 2));
           test('flips', () => assert.equal(m.two() + (Math.random() < 0.05 ? 0 : 1), 2));`,
        ),
        'test/broken.test.js': testing('missing.js', "test('nothing', () => {});"),
      }),
    );
    expect(mined.tasks.map(({ id, tests }) => [id, tests])).toEqual([
      ['src/m.js#one', ['test/m.test.js > one']],
    ]);
    const leftOut = new Map(mined.leftOut.map(({ test, reason }) => [test, reason]));
    expect(leftOut.get('test/m.test.js > red')).toBe('fails');
    expect(leftOut.get('test/broken.test.js')).toBe('cannot-be-run');
  });

  it('asks that tests notice wrong bodies, changed ones and missing ones', async () => {
    const { tasks, rejected } = await mine(
      workspaceOf({
        'src/m.js': [
          'export function same(value) { const copy = value; return copy; }',
          'export function loose(a, b) { if (a > 10) { return a * 2 + b; } if (b > 10) { return a * 3 - b; } return 5; }',
          'export function tight(a, b) { return a > b ? a - b : b - a; }',
          'export const early = () => { return 7; };',
          'export const constant = early();',
        ].join('\n'),
        'test/m.test.js': testing(
          'm.js',
          `test('same', () => assert.equal(m.same(3), 3));
           test('loose', () => assert.equal(typeof m.loose(1, 2), 'number') ?? assert.notEqual(m.loose(1, 2), 1));
           test('tight', () => { assert.equal(m.tight(3, 1), 2); assert.equal(m.tight(1, 3), 2); assert.equal(m.tight(2, 2), 0); });
           test('early', () => assert.equal(m.early(), 7));`,
        ),
      }),
    );
    expect(tasks.map(({ name }) => name)).toEqual(['tight']);
    expect(reasons(rejected)).toEqual({
      same: 'tests-green-with-wrong-body',
      loose: 'mutants-survive',
      early: 'called-while-loading',
    });
  });

  it('takes arrow functions whose body is an expression', async () => {
    const folder = workspaceOf({
      'src/m.js':
        'export const twice = (n) => n * 2;\nexport const pair = (a, b) => ({ a, b }), unused = () => 1;\n',
      'test/m.test.js': testing(
        'm.js',
        "test('twice', () => assert.equal(m.twice(4), 8)); test('pair', () => assert.deepEqual(m.pair(1, 2), { a: 1, b: 2 }));",
      ),
    });
    await using environment = await Environment.open(folder);
    const { tasks, rejected } = await environment.mine();
    expect(tasks.map(({ name, body, tests }) => [name, body, tests])).toEqual([
      ['twice', 'n * 2', ['test/m.test.js > twice']],
      ['pair', '({ a, b })', ['test/m.test.js > pair']],
    ]);
    expect(reasons(rejected)).toEqual({ unused: 'never-called-by-tests' });
    const verdict = async (body: string) => (await environment.grade(tasks[0]!, body)).verdict;
    expect(await verdict('n + n')).toBe('passed');
    expect(await verdict('n')).toBe('failed');
    expect(await verdict('n; console.log(1)')).toBe('syntax-error');
  });

  it('takes one of several equal functions, whatever their names', async () => {
    const { tasks, rejected } = await mine(
      workspaceOf({
        'src/m.js': [
          'export function sum(list) { let total = 0; for (const each of list) total += each; return total; }',
          'export function add(values) { // The same.\n  let all = 0;\n  for (const one of values) all += one;\n  return all;\n}',
          'export function count(list) { let total = 0; for (const each of list) total += 1; return total; }',
        ].join('\n'),
        'test/m.test.js': testing(
          'm.js',
          "for (const name of ['sum', 'add', 'count']) test(name, () => assert.equal(m[name]([1, 2]), name === 'count' ? 2 : 3));",
        ),
      }),
    );
    expect(tasks.map(({ name }) => name)).toEqual(['sum', 'count']);
    expect(reasons(rejected)).toEqual({ add: 'duplicate' });
  });

  it('asks for more than one test only if told to', async () => {
    const folder = workspaceOf({
      'src/m.js': 'export function one() { return 1; }\nexport function two() { return 2; }',
      'test/m.test.js': testing(
        'm.js',
        "test('one', () => assert.equal(m.one(), 1)); test('two', () => assert.equal(m.two(), 2)); test('two again', () => assert.equal(m.two(), 2));",
      ),
    });
    expect((await mine(folder)).tasks.length).toBe(2);
    const asked = await mine(folder, { gates: { minTests: 2 } });
    expect(asked.tasks.map(({ name }) => name)).toEqual(['two']);
    expect(reasons(asked.rejected)).toEqual({ one: 'too-few-tests' });
  });

  it('takes the files that it is told to for tests, whatever their names', async () => {
    const folder = workspaceOf({
      'src/m.js': 'export function one() { return 1; }\nexport function two() { return 2; }',
      'checks/one.js': testing('m.js', "test('one', () => assert.equal(m.one(), 1));"),
      'test/two.test.js': testing('m.js', "test('two', () => assert.equal(m.two(), 2));"),
    });
    const names = async (testFiles: readonly string[]) => {
      await using environment = await Environment.open(folder, { testFiles });
      return (await environment.mine()).tasks.map(({ name }) => name);
    };
    expect(await names([])).toEqual(['two']);
    expect(await names(['checks/**/*.js'])).toEqual(['one']);
  });

  it('keeps callers of held-out functions out of the training tasks', async () => {
    const { tasks, rejected } = await mine(
      workspaceOf({
        'src/a.js': 'export function double(n) { return n * 2; }',
        'src/b.js':
          "import { double } from './a.js';\nexport function quadruple(n) { return double(double(n)); }",
        'test/a.test.js': testing('a.js', "test('double', () => assert.equal(m.double(3), 6));"),
        'test/b.test.js': testing('b.js', "test('quadruple', () => assert.equal(m.quadruple(3), 12));"),
      }),
    );
    const heldOut = tasks.find(({ split }) => split === 'heldOut')!;
    const training = tasks.filter(({ split }) => split === 'train').map(({ name }) => name);
    if (heldOut.name === 'double') {
      expect(training).toEqual([]);
      expect(reasons(rejected)).toEqual({ quadruple: 'calls-held-out-function' });
    } else expect(training).toEqual(['double']);
  });

  it('leaves out generated, vendored and ignored files', async () => {
    const one = 'export function one() { return 1; }';
    const { tasks, rejected } = await mine(
      workspaceOf({
        'src/m.js': one,
        'src/generated.js': `// Code generated by a tool. DO NOT EDIT.\n${one}`,
        'vendor/m.js': one,
        'src/m.min.js': one,
        'test/m.test.js': testing('m.js', "test('one', () => assert.equal(m.one(), 1));"),
      }),
    );
    expect([...tasks, ...rejected].map(({ file }) => file)).toEqual(['src/m.js']);
  });
});

describe('mining again', () => {
  const files = (two: string) => ({
    'src/a.js': 'export function one() { return 1; }',
    'src/b.js': `export function two() { return ${two}; }`,
    'test/a.test.js': testing('a.js', "test('one', () => assert.equal(m.one(), 1));"),
    'test/b.test.js': testing('b.js', "test('two', () => assert.equal(m.two(), 2));"),
  });
  const cached = (folder: string) =>
    JSON.parse(readFileSync(join(folder, '.reinforce/cache/tasks.json'), 'utf8')) as Record<string, object>;

  it('gives the same tasks, and costs only what changed', async () => {
    const folder = workspaceOf(files('2'));
    const first = await mine(folder);
    const before = cached(folder);
    expect((await mine(folder)).tasks).toEqual(first.tasks);
    expect(cached(folder)).toEqual(before);

    write(folder, files('1 + 1'));
    const third = await mine(folder);
    expect(third.tasks.map(({ body }) => body)).toEqual([' return 1; ', ' return 1 + 1; ']);
    const after = cached(folder);
    for (const part of ['baselines', 'judgements'] as const) {
      const kept = Object.keys(before[part]!).filter((key) => key in after[part]!);
      expect(kept.length, part).toBe(1);
    }
  });

  it('goes on where it was stopped', async () => {
    const folder = workspaceOf(files('2'));
    const stop = new AbortController();
    const stopped = mine(folder, {
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'tasks' && stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    const found = cached(folder);
    expect(Object.keys(found.baselines!).length).toBe(2);
    await mine(folder);
    expect(cached(folder).baselines).toEqual(found.baselines);
  });

  it('runs again what could not be run, since a package may have been installed meanwhile', async () => {
    const folder = workspaceOf({
      ...files('2'),
      'test/b.test.js': testing('b.js', "import 'wanted';\ntest('two', () => assert.equal(m.two(), 2));"),
    });
    const before = await mine(folder);
    expect(before.leftOut.map(({ test, reason }) => [test, reason])).toEqual([
      ['test/b.test.js', 'cannot-be-run'],
    ]);
    write(folder, { 'node_modules/wanted/index.js': '' });
    const after = await mine(folder);
    expect(after.tasks.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(after.leftOut).toEqual([]);
  });

  it('holds no code in its cache, and starts anew where that is damaged', async () => {
    const folder = workspaceOf(files('2'));
    await mine(folder);
    const path = join(folder, '.reinforce/cache/tasks.json');
    expect(readFileSync(path, 'utf8')).not.toContain('return');
    expect(readFileSync(join(folder, '.reinforce/.gitignore'), 'utf8')).toBe('*\n');
    writeFileSync(path, '{"version":1,"baselines":{"x":1}}');
    expect((await mine(folder)).tasks.length).toBe(2);
    expect(existsSync(path)).toBe(true);
  });
});

describe('the files that a test file loads', () => {
  const texts = new Map([
    ['test/a.test.ts', "import { a } from '../src/a.ts';\nimport x from 'left-pad';"],
    ['src/a.ts', "export { b } from './b.js';"],
    ['src/b.ts', "export * from './deep';"],
    ['src/deep/index.ts', ''],
    ['src/other.ts', ''],
    ['test/alias.test.ts', "import { a } from '@/a';"],
    ['tests/test_p.py', 'from shop.prices import total\nimport os'],
    ['src/shop/prices.py', 'from . import tax'],
    ['src/shop/tax.py', ''],
    ['tests/conftest.py', ''],
  ]);

  it('are found through imports, and are all where that cannot be told', () => {
    const loaded = (file: string) =>
      [...filesLoadedBy(file, texts)].filter((path) => path !== 'tests/conftest.py');
    expect(loaded('test/a.test.ts').sort()).toEqual([
      'src/a.ts',
      'src/b.ts',
      'src/deep/index.ts',
      'test/a.test.ts',
    ]);
    expect(loaded('tests/test_p.py').sort()).toEqual([
      'src/shop/prices.py',
      'src/shop/tax.py',
      'tests/test_p.py',
    ]);
    expect(filesLoadedBy('test/alias.test.ts', texts).size).toBe(texts.size);
  });
});

describe('changed bodies', () => {
  const bodiesOf = (...asked: Parameters<typeof mutantsOf>) => mutantsOf(...asked).map(({ body }) => body);

  it('differ in an operator, a literal, a condition or an answer', () => {
    const task = { language: 'typescript', prefix: 'function f(a: number) {', suffix: '}' } as const;
    const mutants = bodiesOf(
      trees,
      { ...task, body: " if (a < 2) return 'x'; const s: 'q' = 'q'; return a + 1; " },
      99,
    );
    expect(mutants).toEqual(
      expect.arrayContaining([
        " if (!((a < 2))) return 'x'; const s: 'q' = 'q'; return a + 1; ",
        " if (a >= 2) return 'x'; const s: 'q' = 'q'; return a + 1; ",
        " if (a < (2 + 1)) return 'x'; const s: 'q' = 'q'; return a + 1; ",
        " if (a < 2) return \"\"; const s: 'q' = 'q'; return a + 1; ",
        " if (a < 2) return 'x'; const s: 'q' = 'q'; return undefined; ",
        " if (a < 2) return 'x'; const s: 'q' = 'q'; return a - 1; ",
      ]),
    );
    const body = ' return a; ';
    expect(bodiesOf(trees, { ...task, body }, 4)).toEqual([' return undefined; ']);
  });

  it('come last where they may keep a loop from ending', () => {
    const task = { language: 'typescript', prefix: 'function f(a: number) {', suffix: '}' } as const;
    const mutants = mutantsOf(
      trees,
      { ...task, body: ' while (a > 1) a -= 2; for (const b of [a]) g(b + 3); return a === 0; ' },
      99,
    );
    const endless = mutants.filter(({ mayNotEnd }) => mayNotEnd).map(({ body }) => body.slice(0, 26));
    expect(endless).not.toEqual([]);
    expect(endless).not.toContain(' while (a > 1) a -= 2; for');
    expect(mutants.slice(-endless.length).every(({ mayNotEnd }) => mayNotEnd)).toBe(true);
  });

  it('are made in Python too, never of docstrings', () => {
    const task = { language: 'python', prefix: 'def f(a):\n', suffix: '\n' } as const;
    const mutants = bodiesOf(trees, { ...task, body: '    "doc"\n    return a and not a' }, 9);
    expect(mutants).toEqual(['    "doc"\n    return None', '    "doc"\n    return a or not a']);
  });

  it('answer the first parameter where they are plainly wrong', () => {
    const wrong = (prefix: string, language: 'typescript' | 'python' = 'typescript') =>
      wrongBodies({ language, prefix, body: '    x', headerStart: 0 })[0];
    expect(wrong('export function f(items: number[], n = 1): number {')).toBe(' return items; ');
    expect(wrong('export const f = async (a: string) => {')).toBe(' return a; ');
    expect(wrong('function f() {')).toBe(' return undefined; ');
    expect(wrong('export const f = (a: string): number => ')).toBe('a');
    expect(wrong('const f = async a => ')).toBe('a');
    expect(wrong('const f = () => ')).toBe('undefined');
    expect(wrong('def f(self, a, b):\n', 'python')).toBe('    return a');
    expect(wrong('def f(self):\n', 'python')).toBe('    return None');
  });
});
