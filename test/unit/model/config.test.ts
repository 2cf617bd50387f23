import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../sandbox/humanError.ts';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { llama } from '../../../trainer/model/families/llama.ts';
import { rotaryFrequencies } from '../../../trainer/model/rotary.ts';

const golden = (name: string) => join(import.meta.dirname, '../../../test-fixtures/golden', name);
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-config-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** The config of llama-tied with some fields changed (undefined: left out), read back. */
async function read(changes: Record<string, unknown>) {
  const original = JSON.parse(await readFile(join(golden('llama-tied'), 'config.json'), 'utf8'));
  await writeFile(join(directory, 'config.json'), JSON.stringify({ ...original, ...changes }));
  return readLlamaConfig(directory);
}

describe('config.json', () => {
  it('is read as transformers 5 writes it', async () => {
    expect(await readLlamaConfig(golden('llama-untied-bias'))).toEqual({
      family: llama,
      vocabSize: 64,
      hiddenSize: 32,
      intermediateSize: 48,
      layers: 2,
      heads: 4,
      keyValueHeads: 2,
      headDim: 10,
      ropeTheta: 10000,
      ropeScaling: {
        type: 'llama3',
        factor: 4,
        lowFreqFactor: 1,
        highFreqFactor: 4,
        originalMaxPositions: 64,
      },
      rmsNormEps: 1e-6,
      tieWordEmbeddings: false,
      biases: { queryKeyValue: true, output: true, mlp: true },
      maxPositions: 128,
      bosTokenId: 1,
      eosTokenIds: [2],
    });
  });

  it('is read as older versions of transformers wrote it', async () => {
    const config = await read({
      rope_parameters: undefined,
      rope_theta: 500,
      rope_scaling: { type: 'linear', factor: 2 },
      num_key_value_heads: undefined,
      head_dim: undefined,
      eos_token_id: [2, 5],
      bos_token_id: null,
    });
    expect(config).toMatchObject({
      ropeTheta: 500,
      ropeScaling: { type: 'linear', factor: 2 },
      keyValueHeads: 4,
    });
    expect(config).toMatchObject({ headDim: 8, eosTokenIds: [2, 5] });
    expect(config.bosTokenId).toBeUndefined();
  });

  it("is read with YaRN as Qwen2.5's page says to write it", async () => {
    const rope_scaling = { type: 'yarn', factor: 4, original_max_position_embeddings: 32_768 };
    expect((await read({ rope_scaling })).ropeScaling).toEqual({
      type: 'yarn',
      factor: 4,
      originalMaxPositions: 32_768,
      betaFast: 32,
      betaSlow: 1,
      attentionFactor: expect.closeTo(1.1386294, 6),
    });
  });

  it('has the defaults of transformers for fields that it leaves out', async () => {
    const config = await read({
      rope_parameters: undefined,
      rms_norm_eps: undefined,
      tie_word_embeddings: undefined,
    });
    expect(config).toMatchObject({ ropeTheta: 10000, rmsNormEps: 1e-6, tieWordEmbeddings: false });
  });

  it.each([
    ['hidden_act', 'gelu'],
    ['hidden_size', -3],
    ['num_hidden_layers', undefined],
    ['pretraining_tp', 2],
    ['sliding_window', 4096],
    ['quantization_config', { bits: 4 }],
    ['rope_scaling', { rope_type: 'yarn' }],
    ['rope_scaling', { rope_type: 'yarn', factor: 2, mscale: 0.7 }],
    ['rope_scaling', { rope_type: 'longrope', factor: 2 }],
    ['rope_scaling', { type: 'dynamic', factor: 2 }],
    ['rope_scaling', { rope_type: 'llama3', factor: 2 }],
    ['rope_scaling', { rope_type: 'linear', factor: 'two' }],
    ['num_key_value_heads', 3],
    ['head_dim', 7],
    ['partial_rotary_factor', 0.5],
  ])('that asks for %s %j is refused by a sentence with its name', async (field, value) => {
    const refusal = await read({ [field]: value }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(HumanError);
    const { message } = refusal as HumanError;
    expect(message).toContain(join(directory, 'config.json'));
    expect(message).toContain(field);
    expect(message).toMatch(/^[^\n]+: choose a model [^\n]+\.$/);
  });

  it('of another family is refused with the list of those that are supported', async () => {
    await expect(read({ model_type: 'mamba' })).rejects.toThrow(
      /model_type is "mamba", which is not supported: choose .* llama \(.*\), qwen2 \(.*\), qwen3 \(.*\)\.$/,
    );
  });

  it('of a Qwen may name a sliding window that it does not use', async () => {
    const qwen = { model_type: 'qwen2', sliding_window: 4096, max_window_layers: 28 };
    expect((await read({ ...qwen, use_sliding_window: false })).biases.queryKeyValue).toBe(true);
    await expect(read({ ...qwen, use_sliding_window: true })).rejects.toThrow(/use_sliding_window/);
    const layers = ['full_attention', 'sliding_attention'];
    await expect(read({ model_type: 'qwen3', layer_types: layers })).rejects.toThrow(/layer_types/);
  });

  it('that is missing, or no JSON, is refused by a sentence with its name', async () => {
    await expect(readLlamaConfig(directory)).rejects.toThrow(/config\.json does not exist: choose/);
    await writeFile(join(directory, 'config.json'), '{"model_type": ');
    await expect(readLlamaConfig(directory)).rejects.toThrow(/config\.json is not valid JSON: choose/);
  });
});

describe('rotary frequencies', () => {
  it.each(['llama-tied', 'llama-untied-bias', 'llama-f16', 'qwen2', 'qwen3', 'qwen3-yarn'])(
    'of %s are those of transformers',
    async (name) => {
      const frequencies = rotaryFrequencies(await readLlamaConfig(golden(name)));
      const expected: number[] = JSON.parse(
        await readFile(join(golden(name), 'golden.json'), 'utf8'),
      ).inverseFrequencies;
      expect(frequencies).toHaveLength(expected.length);
      for (const [i, value] of expected.entries())
        expect(Math.abs(frequencies[i]! / value - 1)).toBeLessThan(1e-6);
    },
  );
});
