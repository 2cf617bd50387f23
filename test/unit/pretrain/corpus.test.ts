import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import { BpeEncoder, mergesOf } from '../../../trainer/pretrain/bpe.ts';
import { documents, type TokenDocument } from '../../../trainer/pretrain/corpus/documents.ts';
import { type CorpusFunction, functionsOf } from '../../../trainer/pretrain/corpus/functions.ts';
import { libraries } from '../../../trainer/pretrain/corpus/libraries.ts';
import { Draws } from '../../../trainer/pretrain/exercises/draws.ts';

const base = join(import.meta.dirname, '../../../trainer/model/base');
const tokenizer = await Tokenizer.load(base);
const encoder = new BpeEncoder(mergesOf(JSON.parse(await readFile(join(base, 'tokenizer.json'), 'utf8'))));

describe('cutting a library into functions', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'library-'));
    const folder = join(directory, 'node_modules', 'sample');
    await mkdir(join(folder, 'test'), { recursive: true });
    await writeFile(
      join(folder, 'index.mjs'),
      [
        '/**\n * Adds two numbers.\n *\n * @param {number} a\n * @example add(1, 2)\n */\nexport function add(a, b) {\n  return a + b;\n}',
        'const twice = (n) => {\n  // doubles\n  return n * 2;\n};',
        'export const short = (n) => n;',
        `export function long() {\n${'  run();\n'.repeat(30)}}`,
        'function old() {\n  return arguments[0];\n}',
        'function broken( {',
      ].join('\n\n'),
    );
    await writeFile(join(folder, 'index.min.js'), 'function mini(a){return a*2+1}');
    await writeFile(join(folder, 'test', 'index.js'), 'function fromTest() {\n  return 12345;\n}\n');
    await writeFile(
      join(folder, 'typed.ts'),
      'export function half(n: number): number {\n  return n / 2;\n}\n',
    );
  });
  afterAll(() => rm(directory, { recursive: true }));

  test('takes short functions with the first sentence of their doc comment, and leaves odd ones, tests and minified files', async () => {
    const found = await functionsOf(directory, 'sample');
    expect(found.map((one) => one.text)).toEqual([
      '/** Adds two numbers. */\nexport function add(a, b) {\n  return a + b;\n}\n',
      'const twice = (n) => {\n  // doubles\n  return n * 2;\n};\n',
      'export function half(n: number): number {\n  return n / 2;\n}\n',
    ]);
    for (const one of found) {
      expect(one.text[one.bodyStart - 1]).toBe('{');
      expect(one.text[one.bodyEnd]).toBe('}');
    }
  });
});

describe('documents', () => {
  const library: CorpusFunction[] = Array.from({ length: 40 }, (_, n) => {
    const head = `export function library${n}(value) {`;
    const body = `\n  const part = value.slice(${n});\n  return part.trim().split('-').join('');\n`;
    return {
      library: 'sample',
      text: `${head}${body}}\n`,
      bodyStart: head.length,
      bodyEnd: head.length + body.length,
    };
  });
  const take = (count: number, seed = 1): TokenDocument[] => {
    const stream = documents({
      encoder,
      random: new Draws(seed),
      libraryFunctions: library,
      libraryShare: 0.25,
      fillInTheMiddleShare: 0.3,
      longest: 256,
      refuse: () => false,
    });
    return Array.from({ length: count }, () => stream.next().value as TokenDocument);
  };
  const all = take(1_000);

  test('start and end with the end-of-text token, which is nowhere else, and fit 256 tokens', () => {
    for (const { tokens } of all) {
      expect(tokens[0]).toBe(tokenizer.endOfText);
      expect(tokens.indexOf(tokenizer.endOfText, 1)).toBe(tokens.length - 1);
      expect(tokens.length).toBeLessThanOrEqual(256);
    }
  });

  test('have the asked shares of libraries and of fill-in-the-middle', () => {
    const share = (some: readonly TokenDocument[]): number =>
      some.reduce((sum, one) => sum + one.tokens.length, 0) /
      all.reduce((sum, one) => sum + one.tokens.length, 0);
    expect(share(all.filter((one) => one.source === 'library'))).toBeCloseTo(0.25, 2);
    expect(all.filter((one) => one.form === 'fill-in-the-middle').length / all.length).toBeCloseTo(0.28, 1);
  });

  test('that fill in the middle put prefix, middle and suffix together to a text of whole functions', () => {
    const { prefix, suffix, middle } = tokenizer.fim!;
    for (const { tokens } of all.filter((one) => one.form === 'fill-in-the-middle').slice(0, 100)) {
      expect(tokens[1]).toBe(prefix);
      const [second, third] = [tokens.indexOf(suffix), tokens.indexOf(middle)];
      const parts = [tokens.slice(2, second), tokens.slice(third + 1, -1), tokens.slice(second + 1, third)];
      expect(parts.map((part) => tokenizer.decode(part)).join('')).toMatch(
        /^(?:\/[/*]|export |function |const )[\s\S]*\}?;?\n$/,
      );
    }
  });

  test('are the same for the same seed', () => {
    expect(take(50, 9)).toEqual(take(50, 9));
    expect(take(50, 9)).not.toEqual(take(50, 10));
  });
});

describe('the libraries of the corpus', () => {
  test('are pinned to one version each and permissively licensed', () => {
    expect(new Set(libraries.map((library) => library.name)).size).toBe(libraries.length);
    for (const { version, license } of libraries) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(license).toMatch(/^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause)$/);
    }
  });
});
