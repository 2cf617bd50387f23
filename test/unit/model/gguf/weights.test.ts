/** GGUF weights and configs, against the `gguf` package and transformers (golden files: test/golden/gguf_files.py). */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LlamaConfig, readLlamaConfig } from '../../../../trainer/model/config.ts';
import { decodeBlocks } from '../../../../trainer/model/gguf/blockFormats.ts';
import { readGgufConfig } from '../../../../trainer/model/gguf/config.ts';
import { readGgufHeader } from '../../../../trainer/model/gguf/header.ts';
import { ggufName, huggingFaceName } from '../../../../trainer/model/gguf/names.ts';
import { rotaryFrequencies } from '../../../../trainer/model/rotary.ts';
import { readSafetensors } from '../../../../trainer/model/safetensors.ts';
import { expectedWeights, loadWeights, openWeights } from '../../../../trainer/model/weights.ts';

const golden = join(import.meta.dirname, '../../../../test-fixtures/golden');
const gguf = (name: string) => join(golden, 'gguf', `${name}.gguf`);
const bits = (values: Float32Array) => new Uint32Array(values.buffer, values.byteOffset, values.length);

describe('a block format', async () => {
  const path = gguf('blocks');
  const expected = await readSafetensors(join(golden, 'gguf/blocks.safetensors'));
  const { tensors } = readGgufHeader(path);

  test.each([...expected.keys()])('%s is decoded to the bits that llama.cpp has', async (name) => {
    const { format, begin, bytes } = tensors.get(name)!;
    expect(format.name).toBe(name);
    const { readBytes, withFile } = await import('../../../../trainer/files/readBytes.ts');
    const stored = await withFile(path, (file) => readBytes(file, begin, bytes));
    const values = new Float32Array(3 * 512);
    decodeBlocks(format, stored, values.length / format.blockSize, values, 0);
    expect(bits(values)).toEqual(bits(expected.get(name)!.data));
  });
});

const names = ['llama-tied', 'llama-untied-bias', 'llama-f16', 'qwen2', 'qwen3', 'qwen3-yarn'];

describe.each(names)('%s as a GGUF file', (name) => {
  test('has the config that its Hugging Face directory has', async () => {
    const [ours, theirs] = [await readGgufConfig(gguf(name)), await readLlamaConfig(join(golden, name))];
    const rest = ({ ropeScaling: _, ...config }: LlamaConfig) => config;
    expect(rest(ours)).toEqual(rest(theirs));
    const [actual, expected] = [rotaryFrequencies(ours), rotaryFrequencies(theirs)];
    for (const [i, frequency] of expected.entries()) {
      expect(Math.abs(actual[i]! / frequency - 1)).toBeLessThan(1e-6);
    }
  });

  test('has the same weights, bit for bit, with the rows in the same order', async () => {
    const config = await readGgufConfig(gguf(name));
    const weights = await loadWeights(gguf(name), config);
    const expected =
      name === 'llama-tied'
        ? await readSafetensors(join(golden, 'gguf/llama-tied.safetensors'))
        : await loadWeights(join(golden, name), config);
    expect([...weights.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [tensor, { shape, data }] of weights) {
      expect(shape, tensor).toEqual(expected.get(tensor)!.shape);
      expect(bits(data), tensor).toEqual(bits(expected.get(tensor)!.data));
    }
  });
});

test('blocks come as they are stored, in the same order of rows', async () => {
  const config = await readGgufConfig(gguf('llama-tied'));
  const source = await openWeights(gguf('llama-tied'), config);
  const name = 'model.layers.1.self_attn.q_proj.weight';
  expect(source.tensors.get(name)).toEqual({ shape: [32, 32], format: 'Q8_0', bytes: 32 * 34 });
  const { format } = readGgufHeader(gguf('llama-tied')).tensors.get('blk.1.attn_q.weight')!;
  const values = new Float32Array(32 * 32);
  decodeBlocks(format, await source.readStored(name), 32, values, 0);
  expect(values).toEqual(await source.read(name));
});

test.each(names)('every tensor of %s has a name in GGUF, and that one leads back', async (name) => {
  for (const tensor of expectedWeights(await readLlamaConfig(join(golden, name))).keys()) {
    expect(huggingFaceName(ggufName(tensor)!)).toBe(tensor);
  }
});
