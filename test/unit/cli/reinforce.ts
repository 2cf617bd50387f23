/** Runs the command line as a person would, and makes small workspaces for it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

export const cli = join(import.meta.dirname, '../../../trainer/cli.ts');

export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `reinforce` from its sources, not on a terminal. */
export async function reinforce(...words: string[]): Promise<Ran> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['--no-warnings', cli, ...words], {
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

export type JsonLine = { readonly event: string; readonly [field: string]: unknown };

export const linesOf = (text: string): JsonLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const sources = {
  'package.json': '{ "type": "module" }',
  'src/signs.ts':
    'export function negate(a: number): number {\n  return -a;\n}\n\n' +
    'export function isNegative(a: number): boolean {\n  return a < 0;\n}\n',
  'src/sums.ts': 'export function add(a: number, b: number): number {\n  return a + b;\n}\n',
};

const heading = "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n";

const tests = (sum: number, less = -1) => ({
  'test/signs.test.ts':
    `${heading}import { isNegative, negate } from '../src/signs.ts';\n` +
    `test('negate', () => assert.equal(negate(2), ${2 * less}));\n` +
    `test('isNegative', () => assert.equal(isNegative(${less}), true));\n`,
  'test/sums.test.ts':
    `${heading}import { add } from '../src/sums.ts';\n` +
    `test('add', () => assert.equal(add(1, 2), ${sum}));\n`,
});

const workspaces = {
  empty: {},
  'without tests': sources,
  'with a failing test': { ...sources, ...tests(4) },
  'with failing tests': { ...sources, ...tests(4, 1) },
  good: { ...sources, ...tests(3) },
};

/** Writes a workspace of three small functions, or one that something is wrong with. */
export async function writeWorkspace(directory: string, kind: keyof typeof workspaces): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (const [name, content] of Object.entries(workspaces[kind])) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return directory;
}
