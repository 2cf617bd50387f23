import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HumanError } from '../../../sandbox/humanError.ts';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';

const base = join(import.meta.dirname, '../../../trainer/model/base');
const tokenizer = await Tokenizer.load(base);

describe('the tokenizer of the embedded model', () => {
  const texts = [
    'export function sum(numbers: number[]): number {\n  return numbers.reduce((a, b) => a + b, 0);\n}\n',
    "/** Größe in €, für 日本語 and 🙂🙃. */\nconst s = 'naïve';\r\n\tif (x >= 10_000) {}",
    '   \n\n\n\t \u00a0 trailing  ',
    '0123456789 3.14159 0xff 1e-9',
    '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} e\u0301',
  ];

  test.each(texts)('gives back every text unchanged (%#)', (text) => {
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  test('has exactly 2048 entries, of which the first five are special', () => {
    expect(tokenizer.vocabSize).toBe(2048);
    expect(tokenizer.endOfText).toBe(0);
    expect(tokenizer.fim).toEqual({ prefix: 1, suffix: 2, middle: 3 });
    expect(tokenizer.encode('<|endoftext|><|pad|>')).toEqual([0, 4]);
  });

  test('adds no special tokens, and nothing at all to an empty text', () => {
    expect(tokenizer.encode('')).toEqual([]);
    expect(tokenizer.encode('a').some((id) => id <= 4)).toBe(false);
  });

  test('leaves special tokens out of decoded text', () => {
    expect(tokenizer.decode([0, ...tokenizer.encode('return x;'), 0])).toBe('return x;');
  });

  test('cuts a prompt that ends in { the same way with and without its continuation', () => {
    for (const head of [
      'function f(x: number): number {',
      'const g = (a: string[]): void => {',
      'function h() {',
    ]) {
      const prompt = tokenizer.encode(head);
      expect(tokenizer.encode(`${head}\n  return 1;\n}\n`).slice(0, prompt.length)).toEqual(prompt);
    }
  });

  test('keeps digits apart, so that numbers are written digit by digit', () => {
    expect(tokenizer.encode('2024')).toHaveLength(4);
  });

  test('writes ordinary code in a third as many tokens as characters', () => {
    expect(tokenizer.encode(texts[0]!).length).toBeLessThan(texts[0]!.length / 2.8);
  });
});

describe('decoding token by token', () => {
  test('gives a character once all its bytes are there, and the same text in the end', () => {
    const text = 'a🙂é日 "b"';
    const stream = tokenizer.stream();
    const pieces = tokenizer.encode(text).map((id) => stream.push(id));
    expect(pieces.join('') + stream.end()).toBe(text);
    expect(pieces.join('')).not.toContain('\uFFFD');
    expect(pieces).toContain('');
  });

  test('gives an incomplete character at the end as U+FFFD', () => {
    const ids = tokenizer.encode('x🙂').slice(0, -1);
    const stream = tokenizer.stream();
    expect(ids.map((id) => stream.push(id)).join('')).toBe('x');
    expect(stream.end()).toMatch(/^\uFFFD+$/);
  });
});

describe('a broken tokenizer directory', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tokenizer-'));
    for (const name of ['tokenizer.json', 'tokenizer_config.json'])
      await cp(join(base, name), join(directory, name));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const failure = async (): Promise<HumanError> => {
    const error = await Tokenizer.load(directory).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HumanError);
    return error as HumanError;
  };

  test('that lacks a file is refused by the name of the file', async () => {
    await rm(join(directory, 'tokenizer_config.json'));
    expect((await failure()).message).toContain('tokenizer_config.json');
  });

  test('with a truncated file is refused with a remedy', async () => {
    await truncate(join(directory, 'tokenizer.json'), 5_000);
    expect((await failure()).message).toMatch(/tokenizer\.json is not valid JSON.*download/);
  });

  test('with a model of an unknown kind is refused', async () => {
    const json = JSON.parse(await readFile(join(base, 'tokenizer.json'), 'utf8'));
    await writeFile(
      join(directory, 'tokenizer.json'),
      JSON.stringify({ ...json, model: { type: 'Telepathy' } }),
    );
    expect((await failure()).message).toContain('tokenizer.json');
  });

  test('whose end-of-text token is not in the vocabulary is refused', async () => {
    await writeFile(join(directory, 'tokenizer_config.json'), JSON.stringify({ eos_token: '</nowhere>' }));
    expect((await failure()).message).toContain('</nowhere>');
  });
});
