/** 64 tokens after each of 20 prompts, as transformers continues them greedily (golden files: test/golden/models.py). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { loadWeights } from '../../../trainer/model/weights.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Random } from '../../../trainer/random.ts';

const golden = join(import.meta.dirname, '../../../test-fixtures/golden');
const ids = z.array(z.array(z.int()));
const schema = z.looseObject({ prompts: ids.length(20), continuations: ids.length(20) });

test.each(['llama-tied', 'llama-untied-bias', 'llama-f16', 'qwen2', 'qwen3', 'qwen3-yarn'])(
  '%s',
  async (name) => {
    const directory = join(golden, name);
    const config = await readLlamaConfig(directory);
    const weights = await loadWeights(directory, config);
    const expected = schema.parse(JSON.parse(await readFile(join(directory, 'golden.json'), 'utf8')));
    await using sampler = await Sampler.create({ config, weights });
    const prompts = expected.prompts.map((tokens) => ({
      tokens,
      samples: [{ random: new Random(0), endsWith: () => false }],
    }));
    const samples = await sampler.generate(prompts, { temperature: 0, maxTokens: 64 });
    expect(samples.map(([sample]) => sample!.tokens)).toEqual(expected.continuations);
  },
);
