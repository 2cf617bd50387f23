import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Environment, type EnvironmentOptions } from '../../../sandbox/environment.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function open(files: Record<string, string>, options: EnvironmentOptions = {}): Promise<Environment> {
  const folder = mkdtempSync(join(tmpdir(), 'work space-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return Environment.open(folder, options);
}

describe('a workspace', () => {
  it('may be CommonJS', async () => {
    await using environment = await open({
      'package.json': '{}',
      'lib/one.js': 'function one() { return 1; }\nmodule.exports = { one };',
      'test/one.test.js': `const test = require('node:test'); const assert = require('node:assert');
        const { one } = require('../lib/one'); test('one', () => assert.equal(one(), 1));`,
    });
    const [task] = (await environment.mine()).tasks;
    expect(task).toMatchObject({ id: 'lib/one.js#one', language: 'javascript' });
    expect(await environment.grade(task!, ' return 2 - 1; ')).toMatchObject({ value: 1 });
    expect(await environment.grade(task!, ' return 2; ')).toMatchObject({ value: 0, verdict: 'failed' });
  });

  it('may be TypeScript that does not name its module system', async () => {
    await using environment = await open({
      'src/one.ts': 'export function one(a: number): number { return a + 1; }',
      'src/one.test.ts': `import test from 'node:test'; import assert from 'node:assert';
        import { one } from './one.ts'; test('one', () => assert.equal(one(1), 2));`,
    });
    const [task] = (await environment.mine()).tasks;
    expect(await environment.grade(task!, ' const b: number = 1 + a; return b; ')).toMatchObject({
      value: 1,
    });
  });

  it('may test one function in several files, suites, subtests and through helpers', async () => {
    await using environment = await open({
      'package.json': '{"type":"module"}',
      'src/one.js': 'export function one() { return 1; }',
      'test/helper.js': `import test from 'node:test'; import assert from 'node:assert';
        export const is = (name, call) => test(name, () => assert.equal(call(), 1));`,
      'test/a.test.js': `import { describe, it, test } from 'node:test'; import assert from 'node:assert';
        import { one } from '../src/one.js'; import { is } from './helper.js';
        describe('outer (1)', () => { describe('in > ner', () => { it('is 1?', () => assert.equal(one(), 1)); }); });
        test('parent', async (t) => { await t.test('child', () => assert.equal(one(), 1)); });
        is('by helper', one);
        test('twice', () => assert.equal(one(), 1));
        test('twice', () => assert.equal(one(), 1));
        test('skipped', { skip: true }, () => assert.equal(one(), 2));
        test('to do', { todo: true }, () => assert.equal(one(), 2));`,
      'test/b.test.js': `import test from 'node:test'; import assert from 'node:assert';
        import { one } from '../src/one.js'; test('b', () => assert.equal(one(), 1)); test('other', () => {});`,
    });
    const [task, ...more] = (await environment.mine()).tasks;
    expect(more).toEqual([]);
    expect([...task!.tests].sort()).toEqual([
      'test/a.test.js > by helper',
      'test/a.test.js > outer (1) > in > ner > is 1?',
      'test/a.test.js > parent',
      'test/a.test.js > parent > child',
      'test/b.test.js > b',
    ]);
    expect(await environment.grade(task!, ' return 3 - 2; ')).toMatchObject({ value: 1 });
  });

  it('may be graded without being mined first, by another environment', async () => {
    const files = {
      'package.json': '{"type":"module"}',
      'src/one.ts': 'export function one(): number { return 1; }',
      'test/one.test.ts': `import test from 'node:test'; import assert from 'node:assert';
        import { one } from '../src/one.ts'; test('one', () => assert.equal(one(), 1));`,
    };
    await using first = await open(files);
    const [task] = (await first.mine()).tasks;
    await using second = await open(files);
    expect(await second.grade(task!, ' return 1; ')).toMatchObject({ value: 1, verdict: 'passed' });
  });

  it('keeps an answer that was ready while its reader was busy past the time limit', async () => {
    const files = {
      'package.json': '{"type":"module"}',
      'src/one.js': 'export function one() { return 1; }',
      'test/one.test.js': `import test from 'node:test'; import assert from 'node:assert';
        import { one } from '../src/one.js'; test('one', () => assert.equal(one(), 1));`,
    };
    await using environment = await open(files, { limits: { wallSeconds: 2 } });
    const [task] = (await environment.mine()).tasks;
    const grading = environment.grade(task!, ' return 2 - 1; ');
    await new Promise((resolve) => setTimeout(resolve, 20));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
    expect(await grading).toMatchObject({ value: 1, verdict: 'passed' });
  });

  it('ends what only waits, long before its time is up', async () => {
    const files = {
      'package.json': '{"type":"module"}',
      'src/one.js': 'export async function one() { return 1; }',
      'test/one.test.js': `import test from 'node:test'; import assert from 'node:assert';
        import { one } from '../src/one.js'; test('one', async () => assert.equal(await one(), 1));`,
    };
    await using environment = await open(files, { limits: { wallSeconds: 3600 } });
    const [task] = (await environment.mine()).tasks;
    const waiting = ' await new Promise((resolve) => setTimeout(resolve, 3_000_000)); return 1; ';
    expect(await environment.grade(task!, waiting)).toMatchObject({ value: 0, verdict: 'timeout' });
  });
});
