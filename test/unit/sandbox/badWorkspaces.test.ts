import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';
import { HumanError } from '../../../sandbox/humanError.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function workspaceOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function mine(files: Record<string, string>) {
  await using environment = await Environment.open(workspaceOf(files));
  return await environment.mine();
}

async function sentence(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HumanError);
  return (error as HumanError).message;
}

const source = 'export function one() { return 1; }\n';
const test = (call: string) =>
  `import assert from 'node:assert';\nimport test from 'node:test';\nimport * as m from '../src/m.js';\n${call}\n`;

describe('a workspace that nothing can be learned from gets one sentence', () => {
  it('when its folder is missing', async () => {
    expect(await sentence(Environment.open('/no/such/folder'))).toMatch(/\/no\/such\/folder does not exist/);
  });

  it('when it is empty', async () => {
    expect(await sentence(mine({}))).toMatch(/No JavaScript, TypeScript or Python sources/);
  });

  it('when it has no tests', async () => {
    expect(await sentence(mine({ 'src/m.js': source }))).toMatch(/No tests were found/);
  });

  it('when its test files hold no tests', async () => {
    expect(await sentence(mine({ 'src/m.js': source, 'test/m.test.js': test('') }))).toMatch(/hold no tests/);
  });

  it('when tests fail already, which it names', async () => {
    const failing = test("test('is two', () => assert.equal(m.one(), 2));");
    const said = await sentence(mine({ 'src/m.js': source, 'test/m.test.js': failing }));
    expect(said).toMatch(/fail already: test\/m\.test\.js > is two\. Make them pass/);
  });

  it('when a test file cannot be loaded', async () => {
    const said = await sentence(mine({ 'src/m.js': 'export function one( {', 'test/m.test.js': test('') }));
    expect(said).toMatch(/The tests in test\/m\.test\.js cannot be run: SyntaxError/);
  });

  it('when a test file exits', async () => {
    const said = await sentence(mine({ 'src/m.js': source, 'test/m.test.js': test('process.exit(0);') }));
    expect(said).toMatch(/test\/m\.test\.js cannot be run: The process exited/);
  });

  it('when tests call none of its functions', async () => {
    const idle = test("test('nothing', () => {});");
    expect(await sentence(mine({ 'src/m.js': source, 'test/m.test.js': idle }))).toMatch(
      /None of the 1 functions/,
    );
  });
});

describe('a function that makes no task is rejected with its reason', () => {
  it('for each reason', async () => {
    const { tasks, rejected } = await mine({
      'src/m.js': [
        'export function one() { return 1; }',
        'export function empty() {}',
        'export function unused() { return 1; }',
        'export function unnoticed() { return 1; }',
        'export function early() { return 1; }',
        'export const value = early();',
        'export const arrow = () => { return 1; };',
        'export const short = () => 1;',
        'export class Box { constructor() { this.a = 1; } get a2() { return this.a * 2; } fill() { return 3; } }',
        'function hidden() { return 5; }',
        'export const viaHidden = () => hidden();',
        'export function* numbers() { yield 1; }',
        'export async function later() { return 1; }',
        `export function long() { ${'\n'.repeat(60)} return 1; }`,
        'export function stops() { return true; }',
      ].join('\n'),
      'test/m.test.js': test(`
        test('one', () => assert.equal(m.one(), 1));
        test('empty', () => m.empty());
        test('unnoticed', () => { try { m.unnoticed(); } catch {} });
        test('value', () => assert.equal(m.value, 1));
        test('arrow', () => assert.equal(m.arrow(), m.short()));
        test('box', () => assert.deepEqual([new m.Box().a2, new m.Box().fill()], [2, 3]));
        test('hidden', () => assert.equal(m.viaHidden(), 5));
        test('numbers', () => assert.deepEqual([...m.numbers()], [1]));
        test('later', async () => assert.equal(await m.later(), 1));
        test('long', () => assert.equal(m.long(), 1));
        test('stops', () => { for (;;) try { if (m.stops()) break; } catch {} });
      `),
    });
    expect(Object.fromEntries(rejected.map(({ name, reason }) => [name, reason]))).toEqual({
      empty: 'empty-body',
      unused: 'never-called-by-tests',
      unnoticed: 'tests-green-without-body',
      early: 'called-while-loading',
      long: 'body-too-long',
      stops: 'tests-time-out-without-body',
    });
    expect(tasks.map(({ name, tests }) => `${name}: ${tests}`)).toEqual([
      'one: test/m.test.js > one',
      'arrow: test/m.test.js > arrow',
      'short: test/m.test.js > arrow',
      'Box.a2: test/m.test.js > box',
      'Box.fill: test/m.test.js > box',
      'hidden: test/m.test.js > hidden',
      'viaHidden: test/m.test.js > hidden',
      'numbers: test/m.test.js > numbers',
      'later: test/m.test.js > later',
    ]);
    expect(new Set(tasks.map(({ split }) => split))).toEqual(new Set(['train']));
  });

  it('stops when told to', async () => {
    await using environment = await Environment.open(
      workspaceOf({ 'src/m.js': source, 'test/m.test.js': test('') }),
    );
    await expect(environment.mine({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });
});
