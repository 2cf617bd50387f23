import { access, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeGgufLora } from '../../../trainer/export/ggufLora.ts';
import { writeMerged } from '../../../trainer/export/merged.ts';
import { newAdapter } from '../../../trainer/model/adapter.ts';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { encodeBfloat16 } from '../../../trainer/model/float16.ts';
import { readGgufHeader } from '../../../trainer/model/gguf/header.ts';
import { loadModel, type Model, openModel } from '../../../trainer/model/loadModel.ts';
import { type Adapter, readAdapter, writeAdapter } from '../../../trainer/model/peft.ts';
import { readSafetensors } from '../../../trainer/model/safetensors.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Random } from '../../../trainer/random.ts';
import { reinforce } from '../cli/reinforce.ts';
import { writeTinyModel } from '../cli/tinyModel.ts';
import { writeWholeGguf } from '../model/gguf/wholeModel.ts';

const golden = join(import.meta.dirname, '../../../test-fixtures/golden');
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-export-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** An adapter that changes every linear layer. */
function drawnAdapter(model: Pick<Model, 'config'>): Adapter {
  const lora = { rank: 4, alpha: 8 };
  const tensors = newAdapter(model.config, lora, 5);
  for (const [name, { data }] of tensors) {
    const random = new Random('export', name);
    if (name.includes('lora_B')) for (let i = 0; i < data.length; i++) data[i] = random.uniform() - 0.5;
  }
  return { lora, tensors };
}

async function continued({ config, weights }: Model, adapter?: Adapter) {
  await using sampler = await Sampler.create({ config, weights, lora: adapter?.lora });
  const prompts = [[5, 9, 11, 40], [7, 30, 31], [12]].map((tokens) => ({
    tokens,
    samples: [{ random: new Random(0), endsWith: () => false }],
  }));
  const samples = await sampler.generate(prompts, { temperature: 0.5, maxTokens: 16 }, adapter?.tensors);
  return samples.flat();
}

async function expectSame(merged: Model, model: Model, adapter: Adapter): Promise<void> {
  const [ours, theirs] = [await continued(merged), await continued(model, adapter)];
  expect(ours.map(({ tokens }) => tokens)).toEqual(theirs.map(({ tokens }) => tokens));
  for (const [i, { logp }] of ours.entries()) {
    for (const [t, value] of logp.entries()) expect(value).toBeCloseTo(theirs[i]!.logp[t]!, 4);
  }
  expect(theirs.map(({ tokens }) => tokens)).not.toEqual(
    (await continued(model)).map(({ tokens }) => tokens),
  );
}

describe('a merged model', () => {
  test('of a Hugging Face directory samples what the model with its adapter samples', async () => {
    const model = await loadModel(await writeTinyModel(join(directory, 'base')));
    const adapter = drawnAdapter(model);
    await writeMerged(join(directory, 'merged'), model, adapter);
    await expectSame(await loadModel(join(directory, 'merged')), model, adapter);
  });

  test.each([
    ['llama', 'smollm'],
    ['qwen2', 'qwen2'],
    ['qwen3', 'qwen2'],
  ])('of a GGUF file (%s) samples the same, and has the same config and tokenizer', async (family, kind) => {
    await writeWholeGguf(join(directory, 'base.gguf'), family, kind);
    const model = await loadModel(join(directory, 'base.gguf'));
    const adapter = drawnAdapter(model);
    await writeMerged(join(directory, 'merged'), model, adapter);
    const merged = await loadModel(join(directory, 'merged'));
    expect(merged.config).toEqual(model.config);
    const text = "const größe = 日本語['a'];\n\n  return 42;\n";
    expect(merged.tokenizer.encode(text)).toEqual(model.tokenizer.encode(text));
    await expectSame(merged, model, adapter);
  });

  test('is stored as its base is', async () => {
    const base = join(golden, 'qwen2');
    const config = await readLlamaConfig(base);
    const { openWeights } = await import('../../../trainer/model/weights.ts');
    const source = await openWeights(base, config);
    const tokenizer = (await openModel(await writeTinyModel(join(directory, 'tiny')))).tokenizer;
    const adapter = await readAdapter(join(base, 'adapter'), config);
    await writeMerged(join(directory, 'merged'), { directory: base, config, source, tokenizer }, adapter);
    const merged = await openWeights(join(directory, 'merged'), config);
    expect(new Set([...merged.tensors.values()].map(({ format }) => format))).toEqual(new Set(['BF16']));
    const norm = 'model.norm.weight';
    expect(await merged.read(norm)).toEqual(await source.read(norm));
  });
});

test('bfloat16 rounds to the nearest, and to even in the middle', () => {
  const bits = new Uint32Array([
    0x3f800000, 0x3f807fff, 0x3f808000, 0x3f808001, 0x3f818000, 0xff800000, 0x7fc00001,
  ]);
  expect([...encodeBfloat16(new Float32Array(bits.buffer))]).toEqual([
    0x3f80, 0x3f80, 0x3f80, 0x3f81, 0x3f82, 0xff80, 0x7fc0,
  ]);
});

test('a GGUF adapter has the names and metadata that llama.cpp wants, and rows in its order', async () => {
  const config = await readLlamaConfig(join(golden, 'llama-tied'));
  const adapter = await readAdapter(join(golden, 'llama-tied/adapter'), config);
  const path = join(directory, 'adapter.gguf');
  await writeGgufLora(path, adapter, config);
  const { metadata, tensors } = readGgufHeader(path);
  expect(Object.fromEntries(metadata)).toMatchObject({
    'general.architecture': 'llama',
    'general.type': 'adapter',
    'adapter.type': 'lora',
    'adapter.lora.alpha': 8,
  });
  expect(tensors.size).toBe(2 * 7 * 2);
  expect(tensors.get('blk.1.ffn_down.weight.lora_a')!.shape).toEqual([4, 48]);
  expect(tensors.get('blk.1.ffn_down.weight.lora_b')!.shape).toEqual([32, 4]);

  const bytes = await readFile(path);
  const stored = (name: string) => {
    const { begin, bytes: length } = tensors.get(name)!;
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset + begin, bytes.byteOffset + begin + length));
  };
  const b = adapter.tensors.get('model.layers.0.self_attn.k_proj.lora_B.weight')!.data;
  const [heads, size, rank] = [2, 8, 4];
  for (let head = 0; head < heads; head++) {
    for (let i = 0; i < size / 2; i++) {
      for (const side of [0, 1]) {
        const [theirs, ours] = [head * size + 2 * i + side, head * size + side * (size / 2) + i];
        expect(stored('blk.0.attn_k.weight.lora_b').subarray(theirs * rank, (theirs + 1) * rank)).toEqual(
          b.subarray(ours * rank, (ours + 1) * rank),
        );
      }
    }
  }
  const v = adapter.tensors.get('model.layers.0.self_attn.v_proj.lora_B.weight')!.data;
  expect(stored('blk.0.attn_v.weight.lora_b')).toEqual(v);
});

test('adapters are exported from the command line, and never over something that is there', async () => {
  const base = await writeTinyModel(join(directory, 'base'));
  const model = await openModel(base);
  const adapter = drawnAdapter(model);
  const trained = join(directory, 'trained');
  await mkdir(trained);
  await writeAdapter(trained, adapter, base);
  const run = async (format: string, output: string) =>
    reinforce('export', trained, '--model', base, '--format', format, '--output', join(directory, output));
  for (const [format, output] of [
    ['peft', 'p'],
    ['gguf', 'g/a.gguf'],
    ['merged', 'm'],
  ] as const) {
    const { exitCode, stderr } = await run(format, output);
    expect(exitCode, stderr).toBe(0);
  }
  expect(await readAdapter(join(directory, 'p'), model.config)).toEqual(adapter);
  expect((await readSafetensors(join(directory, 'm/model.safetensors'))).size).toBe(11);
  await access(join(directory, 'g/a.gguf'));
  const { stderr } = await run('peft', 'm');
  expect(stderr).toMatch(/^There is something at .*m already: name another path with --output\.$/);
});
