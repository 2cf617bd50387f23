/** Models, adapters and prompts that go through this engine and another. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newAdapter } from '../../trainer/model/adapter.ts';
import { loadModel, type Model } from '../../trainer/model/loadModel.ts';
import type { Adapter } from '../../trainer/model/peft.ts';
import { Sampler } from '../../trainer/policy/sampler.ts';
import { Random } from '../../trainer/random.ts';
import { codeTexts, writeWholeGguf } from '../unit/model/gguf/wholeModel.ts';

/** Tokens that every continuation has. */
export const length = 24;

/** A family, with a tokenizer and a rotary scaling of that kind. */
export type Kind = readonly [family: string, tokenizer: string, scaling: string];

export const kinds: readonly Kind[] = [
  ['llama', 'smollm', 'no'],
  ['llama', 'llama-bpe', 'no'],
  ['llama', 'sentencepiece', 'no'],
  ['qwen2', 'qwen2', 'no'],
  ['qwen2', 'qwen2', 'yarn'],
  ['qwen3', 'qwen2', 'no'],
];

export interface Subject {
  readonly directory: string;
  /** The model's GGUF file. */
  readonly base: string;
  readonly model: Model;
  readonly adapter: Adapter;
  readonly texts: readonly string[];
  /** The ids of `texts`. */
  readonly prompts: readonly number[][];
}

export async function writeSubject(root: string, [family, tokenizer, scaling]: Kind): Promise<Subject> {
  const directory = join(root, 'model');
  await mkdir(directory);
  const base = join(directory, 'base.gguf');
  // Few positions, so that the prompts go beyond them.
  const yarn = scaling === 'yarn' ? { factor: 4, originalMaxPositions: 16 } : undefined;
  await writeWholeGguf(base, family, tokenizer, yarn);
  const model = await loadModel(base);
  const texts = (await codeTexts()).slice(0, 6);
  const prompts = texts.map((text) => model.tokenizer.encode(text));
  return { directory, base, model, adapter: drawnAdapter(model), texts, prompts };
}

function drawnAdapter({ config }: Model): Adapter {
  const lora = { rank: 4, alpha: 8 };
  const tensors = newAdapter(config, lora, 5);
  for (const [name, { data }] of tensors) {
    const random = new Random('peers', name);
    if (name.includes('lora_B'))
      for (let i = 0; i < data.length; i++) data[i] = 0.6 * (random.uniform() - 0.5);
  }
  return { lora, tensors };
}

/** Greedy continuations by this engine. */
export async function ours({ model, prompts }: Subject, adapter?: Adapter): Promise<number[][]> {
  const { config, weights } = model;
  await using sampler = await Sampler.create({ config, weights, lora: adapter?.lora, threads: 1 });
  const requests = prompts.map((tokens) => ({
    tokens,
    samples: [{ random: new Random(0), endsWith: () => false }],
  }));
  const samples = await sampler.generate(requests, { temperature: 0, maxTokens: length }, adapter?.tensors);
  return samples.map(([sample]) => [...sample!.tokens]);
}
