/** Reading a text piece by piece against transformers' continuations, and against reading it all anew. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { embeddedModel } from '../../../trainer/cli/places.ts';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import { loadWeights } from '../../../trainer/model/weights.ts';
import { PromptSession } from '../../../trainer/policy/promptSession.ts';
import { Random } from '../../../trainer/random.ts';

const golden = join(import.meta.dirname, '../../../test-fixtures/golden');

async function open(directory: string): Promise<PromptSession> {
  const config = await readLlamaConfig(directory);
  return await PromptSession.create({ config, weights: await loadWeights(directory, config) });
}

/** The likeliest `count` tokens, one after the other. */
async function greedily(session: PromptSession, prompt: readonly number[], count: number): Promise<number[]> {
  const tokens = [...prompt];
  for (let i = 0; i < count; i++) {
    const logits = await session.logitsAfter(tokens);
    tokens.push(logits.indexOf(Math.max(...logits)));
  }
  return tokens.slice(prompt.length);
}

test.each(['llama-tied', 'llama-untied-bias', 'llama-f16'])(
  '%s continues greedily as transformers does',
  async (name) => {
    await using session = await open(join(golden, name));
    const { inputIds, greedy } = JSON.parse(await readFile(join(golden, name, 'golden.json'), 'utf8'));
    for (const [i, prompt] of inputIds.entries()) {
      expect(await greedily(session, prompt, greedy[i].length)).toEqual(greedy[i]);
    }
  },
);

test('after any edits a session says what one that starts anew says', async () => {
  await using session = await open(embeddedModel);
  await using fresh = await open(embeddedModel);
  const random = new Random('edits');
  let tokens = [0];
  let reused = 0;
  for (let edit = 0; edit < 24; edit++) {
    // An edit: take some of the end away, anywhere in the text, and write something else there.
    const kept = edit % 4 === 0 ? random.below(tokens.length) : tokens.length - random.below(4);
    const added = Array.from({ length: 1 + random.below(edit % 5 === 0 ? 90 : 6) }, () => random.below(2000));
    tokens = [...tokens.slice(0, Math.max(1, kept)), ...added].slice(0, 460);
    reused += session.reusable(tokens);
    fresh.clear();
    const [ours, theirs] = [await session.logitsAfter(tokens), await fresh.logitsAfter(tokens)];
    let apart = 0;
    for (const [i, logit] of ours.entries()) apart = Math.max(apart, Math.abs(logit - theirs[i]!));
    expect(apart).toBeLessThan(1e-3);
    fresh.clear();
    expect(await greedily(session, tokens, 3)).toEqual(await greedily(fresh, tokens, 3));
  }
  expect(reused).toBeGreaterThan(1000);
});

test('in 8-bit blocks a session says nearly the same', async () => {
  const config = await readLlamaConfig(embeddedModel);
  const weights = await loadWeights(embeddedModel, config);
  await using exact = await PromptSession.create({ config, weights });
  await using coarse = await PromptSession.create({ config, weights, precision: 'int8' });
  const tokenizer = await Tokenizer.load(embeddedModel);
  const prompt = [
    0,
    ...tokenizer.encode('/** Adds. */\nexport function add(a: number, b: number): number {'),
  ];
  const [ours, theirs] = [await coarse.logitsAfter(prompt), await exact.logitsAfter(prompt)];
  const apart = ours.reduce((most, logit, i) => Math.max(most, Math.abs(logit - theirs[i]!)), 0);
  expect(apart).toBeGreaterThan(0);
  expect(apart).toBeLessThan(0.5);
  expect(await greedily(coarse, prompt, 8)).toEqual(await greedily(exact, prompt, 8));
});

test('an aborted reading keeps what it has read, and goes on from there', async () => {
  await using session = await open(embeddedModel);
  const random = new Random('abort');
  const tokens = Array.from({ length: 400 }, () => random.below(2000));
  const abort = new AbortController();
  setImmediate(() => setImmediate(() => abort.abort()));
  await expect(session.logitsAfter(tokens, abort.signal)).rejects.toThrow();
  const read = session.reusable(tokens);
  expect(read === 0 || read === 256).toBe(true);
  const logits = [...(await session.logitsAfter(tokens))];
  session.clear();
  const anew = await session.logitsAfter(tokens);
  for (const [i, logit] of logits.entries()) expect(Math.abs(logit - anew[i]!)).toBeLessThan(1e-3);
});
