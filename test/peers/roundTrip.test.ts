/**
 * Models and exported adapters in llama.cpp, and exported adapters and merged models in transformers with PEFT: the
 * same greedy tokens as in this engine. `PYTHON` names an interpreter with test/golden/requirements.txt; without one
 * those tests are left out.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGgufLora } from '../../trainer/export/ggufLora.ts';
import { writeMerged } from '../../trainer/export/merged.ts';
import { newAdapter } from '../../trainer/model/adapter.ts';
import { loadModel, type Model } from '../../trainer/model/loadModel.ts';
import { type Adapter, writeAdapter } from '../../trainer/model/peft.ts';
import { Sampler } from '../../trainer/policy/sampler.ts';
import { Random } from '../../trainer/random.ts';
import { codeTexts, writeWholeGguf } from '../unit/model/gguf/wholeModel.ts';
import { type Llama, type LlamaModel, loadLlamaCpp } from './llamaCpp.ts';

const length = 24;
const python = process.env.PYTHON;
let root: string;
let llama: Llama;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-peers-'));
  const { getLlama } = await loadLlamaCpp();
  llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error', maxThreads: 1 });
});
afterAll(async () => {
  await llama.dispose();
  await rm(root, { recursive: true });
});

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

async function ours({ config, weights }: Model, prompts: readonly number[][], adapter?: Adapter) {
  await using sampler = await Sampler.create({ config, weights, lora: adapter?.lora, threads: 1 });
  const requests = prompts.map((tokens) => ({
    tokens,
    samples: [{ random: new Random(0), endsWith: () => false }],
  }));
  const samples = await sampler.generate(requests, { temperature: 0, maxTokens: length }, adapter?.tensors);
  return samples.map(([sample]) => [...sample!.tokens]);
}

async function ofLlamaCpp(
  model: LlamaModel,
  prompts: readonly number[][],
  lora?: string,
): Promise<number[][]> {
  const results: number[][] = [];
  for (const prompt of prompts) {
    const options = {
      contextSize: 256,
      threads: 1,
      // Its default is float16, which changes the choice between tokens that are nearly as good.
      flashAttention: false,
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
      ...(lora === undefined ? {} : { lora }),
    } as const;
    const context = await model.createContext(options);
    const tokens: number[] = [];
    for await (const token of context
      .getSequence()
      .evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      tokens.push(token);
      if (tokens.length === length) break;
    }
    results.push(tokens);
    await context.dispose();
  }
  return results;
}

/** An end-of-generation token ends llama.cpp's stream, and ours goes on. */
function expectSameUpToEnd(
  actual: readonly number[][],
  expected: readonly number[][],
  ends: ReadonlySet<number>,
): void {
  for (const [i, tokens] of actual.entries()) {
    const end = expected[i]!.findIndex((token) => ends.has(token));
    expect(tokens.slice(0, end < 0 ? length : end + 1)).toEqual(
      expected[i]!.slice(0, end < 0 ? length : end + 1),
    );
  }
}

describe.each([
  ['llama', 'smollm'],
  ['llama', 'llama-bpe'],
  ['qwen2', 'qwen2'],
  ['qwen3', 'qwen2'],
])('%s with the tokenizer %s', (family, kind) => {
  let directory: string;
  let model: Model;
  let adapter: Adapter;
  let prompts: number[][];
  beforeAll(async () => {
    directory = join(root, `${family}-${kind}`);
    await mkdir(directory);
    await writeWholeGguf(join(directory, 'base.gguf'), family, kind);
    model = await loadModel(join(directory, 'base.gguf'));
    adapter = drawnAdapter(model);
    prompts = (await codeTexts()).slice(0, 6).map((text) => model.tokenizer.encode(text));
  });

  test('continues in llama.cpp as here, with and without the exported adapter', async () => {
    const lora = join(directory, 'adapter.gguf');
    await writeGgufLora(lora, adapter, model.config);
    const theirs = await llama.loadModel({ modelPath: join(directory, 'base.gguf') });
    const { ends } = model.tokenizer;
    const [base, adapted] = [await ours(model, prompts), await ours(model, prompts, adapter)];
    expectSameUpToEnd(await ofLlamaCpp(theirs, prompts), base, ends);
    expectSameUpToEnd(await ofLlamaCpp(theirs, prompts, lora), adapted, ends);
    expect(adapted).not.toEqual(base);
    await theirs.dispose();
  });

  test.skipIf(python === undefined)(
    'continues in transformers as here, adapted by PEFT and merged',
    async () => {
      const [base, peft, merged] = ['base', 'peft', 'merged'].map((name) => join(directory, name));
      const nothing = newAdapter(model.config, adapter.lora, 1);
      await writeMerged(base!, model, { lora: adapter.lora, tensors: nothing });
      await writeMerged(merged!, model, adapter);
      await mkdir(peft!);
      await writeAdapter(peft!, adapter, base!);
      const job = join(directory, 'job.json');
      await writeFile(job, JSON.stringify({ base, peft, merged, prompts, length }));
      const { stdout } = await execa(python!, ['-B', join(import.meta.dirname, 'transformers_peer.py'), job]);
      const theirs = JSON.parse(stdout);
      const adapted = await ours(model, prompts, adapter);
      expect(theirs.base).toEqual(await ours(model, prompts));
      expect(theirs.peft).toEqual(adapted);
      expect(theirs.merged).toEqual(adapted);
    },
  );
});
