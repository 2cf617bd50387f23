/** Sampling against transformers' greedy continuations, and against the scoring graph. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionFeeds } from '../../../trainer/learn/batch.ts';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { readSafetensors } from '../../../trainer/model/safetensors.ts';
import { loadWeights } from '../../../trainer/model/weights.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Scorer } from '../../../trainer/policy/scorer.ts';
import { Random } from '../../../trainer/random.ts';
import { episode, step } from '../learn/episodes.ts';

const golden = join(import.meta.dirname, '../../../test-fixtures/golden');
const endless = () => false;

async function load(name: string) {
  const directory = join(golden, name);
  const config = await readLlamaConfig(directory);
  return { directory, config, weights: await loadWeights(directory, config) };
}

test.each(['llama-tied', 'llama-untied-bias', 'llama-f16'])(
  '%s continues greedily as transformers does',
  async (name) => {
    const { config, weights } = await load(name);
    const { inputIds, greedy } = JSON.parse(await readFile(join(golden, name, 'golden.json'), 'utf8'));
    await using sampler = await Sampler.create({ config, weights });
    const prompts = inputIds.map((tokens: number[]) => ({
      tokens,
      samples: [{ random: new Random(0), endsWith: endless }],
    }));
    const samples = await sampler.generate(prompts, { temperature: 0, maxTokens: greedy[0].length });
    expect(samples.map(([sample]) => sample!.tokens)).toEqual(greedy);
  },
);

describe('sampling with an adapter', () => {
  const temperature = 0.7;
  const prompts = [[5, 9, 11], [7, 7, 30, 31, 32, 33, 2], [12]];

  async function sample(rows: number) {
    const { directory, config, weights } = await load('llama-tied');
    const saved = await readSafetensors(join(directory, 'adapter/adapter_model.safetensors'));
    const adapter = new Map(
      [...saved].map(([key, tensor]) => [key.replace('base_model.model.', ''), tensor]),
    );
    const options = { config, weights, lora: { rank: 4, alpha: 8 }, rows };
    await using sampler = await Sampler.create(options);
    const requests = prompts.map((tokens, prompt) => ({
      tokens,
      samples: Array.from({ length: 4 }, (_, at) => ({
        random: new Random(3, prompt, at),
        endsWith: (token: number) => token % 9 === 0,
      })),
    }));
    return {
      options,
      adapter,
      samples: await sampler.generate(requests, { temperature, maxTokens: 12 }, adapter),
    };
  }

  test('reports the log-probabilities that the scoring graph computes', async () => {
    const { options, adapter, samples } = await sample(5);
    await using scorer = await Scorer.create(options);
    for (const [prompt, group] of samples.entries()) {
      for (const { tokens, logp } of group) {
        const tried = episode([step(prompts[prompt]!, tokens, logp)]);
        const scores = await scorer.score(actionFeeds([tried], temperature), adapter);
        for (const [i, sampled] of logp.entries()) expect(Math.abs(scores[i]! - sampled)).toBeLessThan(1e-4);
      }
    }
  });

  test('does not depend on how many sequences run at once', async () => {
    const [few, many] = [await sample(2), await sample(64)];
    expect(few.samples.map((group) => group.map(({ tokens }) => tokens))).toEqual(
      many.samples.map((group) => group.map(({ tokens }) => tokens)),
    );
  });

  test('ends where it is told to, and otherwise at the token limit', async () => {
    const { samples } = await sample(5);
    for (const { tokens, ended } of samples.flat()) {
      const at = tokens.findIndex((token) => token % 9 === 0);
      expect(ended ? at : tokens.length).toBe(ended ? tokens.length - 1 : 12);
      if (!ended) expect(at).toBe(-1);
    }
    expect(new Set(samples.flat().map(({ tokens }) => tokens.join())).size).toBeGreaterThan(6);
  });
});

test('a sequence that ends gives its row to one that waits at once: rows are full as long as any waits', async () => {
  const { config, weights } = await load('llama-tied');
  await using sampler = await Sampler.create({ config, weights, rows: 3 });
  const lengths = [9, 2, 5, 7, 1, 4, 8, 3];
  const samples = lengths.map((length, at) => {
    let written = 0;
    return { random: new Random(at), endsWith: () => ++written === length };
  });
  const rows: number[] = [];
  const onTokens = (count: number) => rows.push(count);
  await sampler.generate([{ tokens: [5, 9], samples }], { temperature: 1, maxTokens: 20, onTokens });
  // The first token of each comes from reading the prompt; every other one is a row of a run.
  const rest = lengths.map((length) => length - 1);
  const expected: number[] = [];
  for (let running = rest.splice(0, 3); ; ) {
    running = running.filter((left) => left > 0);
    while (running.length < 3 && rest.length > 0)
      running.push(...rest.splice(0, 1).filter((left) => left > 0));
    if (running.length === 0) break;
    expected.push(running.length);
    running = running.map((left) => left - 1);
  }
  expect(rows).toEqual(expected);
});
