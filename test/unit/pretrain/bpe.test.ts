import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, test } from 'vitest';
import {
  BpeEncoder,
  mergesOf,
  specialTokens,
  tokenizerConfig,
  tokenizerJson,
  trainMerges,
} from '../../../trainer/pretrain/bpe.ts';
import { drawExercise } from '../../../trainer/pretrain/exercises/catalog.ts';
import { Draws } from '../../../trainer/pretrain/exercises/draws.ts';

const firstByte = specialTokens.length;
const byte = (character: string): number => firstByte + character.charCodeAt(0);

describe('learning merges', () => {
  test('merges the most frequent pair first, then pairs with what it made', () => {
    // "hug" ×10, "pug" ×5, "pun" ×12, "bun" ×4, "hugs" ×5: the worked example of the Hugging Face course on BPE.
    const words = [
      ...Array(10).fill('hug'),
      ...Array(5).fill('pug'),
      ...Array(12).fill('pun'),
      ...Array(4).fill('bun'),
      ...Array(5).fill('hugs'),
    ];
    const [first, second, third] = trainMerges(words, firstByte + 256 + 3);
    const made = firstByte + 256;
    expect(first).toEqual([byte('u'), byte('g')]);
    expect(second).toEqual([byte('u'), byte('n')]);
    expect(third).toEqual([byte('h'), made]);
  });

  test('refuses a vocabulary that the texts cannot fill', () => {
    expect(() => trainMerges(['ab'], 2048)).toThrow(RangeError);
  });

  test('never merges a brace with the line that follows it', () => {
    const json = tokenizerJson(trainMerges(Array(50).fill('f() {\n  return;\n}\n'), firstByte + 256 + 8)) as {
      model: { vocab: object };
    };
    expect(Object.keys(json.model.vocab).filter((token) => /[{}].*Ċ/.test(token))).toEqual([]);
  });
});

describe('the committed tokenizer', async () => {
  const file = join(import.meta.dirname, '../../../trainer/model/base/tokenizer.json');
  const json = JSON.parse(await readFile(file, 'utf8'));
  const library = new Tokenizer(json, tokenizerConfig());
  const encoder = new BpeEncoder(mergesOf(json));

  test('is encoded by the fast encoder exactly as by the tokenizers library', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { text } = drawExercise(new Draws('bpe', seed));
      expect(encoder.encode(text)).toEqual(library.encode(text, { add_special_tokens: false }).ids);
    }
    const odd = '\tπ ≈ 3.14159…\r\n\r\n  ÄÖÜ_$x9  \u00a0 🙂 "\\u0000"';
    expect(encoder.encode(odd)).toEqual(library.encode(odd, { add_special_tokens: false }).ids);
  });

  test('is what its own merges write', () => {
    expect(JSON.parse(JSON.stringify(tokenizerJson(mergesOf(json))))).toEqual(json);
  });

  test('numbers specials, bytes and merges from 0 without gaps up to 2048', () => {
    const ids = Object.values(json.model.vocab as Record<string, number>).sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 2048 }, (_, id) => id));
    expect(specialTokens.map((token) => json.model.vocab[token])).toEqual([0, 1, 2, 3, 4]);
  });
});
