import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../../trainer/model/safetensors.ts';
import { expectedWeights, loadWeights } from '../../../trainer/model/weights.ts';

const golden = (name: string) => join(import.meta.dirname, '../../../test-fixtures/golden', name);
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-weights-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** llama-tied with its tensors changed, loaded. */
async function loadChanged(change: (tensors: Map<string, Tensor>) => void) {
  await cp(golden('llama-tied'), directory, { recursive: true });
  const path = join(directory, 'model.safetensors');
  const tensors = await readSafetensors(path);
  change(tensors);
  await writeSafetensors(path, tensors);
  return loadWeights(directory, await readLlamaConfig(directory));
}

const zeros = (...shape: number[]): Tensor => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b)),
});

describe('the weights of a model', () => {
  it.each([
    ['llama-tied', 20],
    ['llama-untied-bias', 35],
    ['llama-f16', 21],
    ['qwen2', 26],
    ['qwen3', 25],
  ])('%s are all loaded with the shapes that its config implies', async (name, count) => {
    const config = await readLlamaConfig(golden(name));
    const weights = await loadWeights(golden(name), config);
    expect(weights.size).toBe(count);
    expect([...weights].map(([key, { shape }]) => [key, shape])).toEqual([...expectedWeights(config)]);
    for (const { shape, data } of weights.values()) {
      expect(data.length).toBe(shape.reduce((product, n) => product * n, 1));
      expect(data.every(Number.isFinite)).toBe(true);
      expect(new Set(data).size).toBeGreaterThan(1);
    }
  });

  it('may hold the output head twice when it is tied, if both are the same', async () => {
    const copy = (tensors: Map<string, Tensor>) =>
      tensors.set('lm_head.weight', tensors.get('model.embed_tokens.weight')!);
    expect((await loadChanged(copy)).size).toBe(20);
  });

  it.each<[string, (tensors: Map<string, Tensor>) => void, RegExp]>([
    [
      'lack a tensor',
      (t) => t.delete('model.layers.1.mlp.up_proj.weight'),
      /lacks tensor model\.layers\.1\.mlp\.up_proj/,
    ],
    [
      'have a misshapen one',
      (t) => t.set('model.norm.weight', zeros(31)),
      /model\.norm\.weight is \[31\].*\[32\]/,
    ],
    [
      'have one too many',
      (t) => t.set('model.norm.bias', zeros(32)),
      /model\.norm\.bias is not part of a llama model/,
    ],
    ['untie a tied head', (t) => t.set('lm_head.weight', zeros(64, 32)), /set tie_word_embeddings to false/],
  ])('that %s are refused by a sentence with the tensor', async (_, change, sentence) => {
    await expect(loadChanged(change)).rejects.toThrow(sentence);
  });

  it('that are not there are refused by a sentence with the path', async () => {
    const config = await readLlamaConfig(golden('llama-tied'));
    await expect(loadWeights(join(directory, 'nowhere'), config)).rejects.toThrow(/nowhere does not exist/);
    await expect(loadWeights(directory, config)).rejects.toThrow(/holds no model\.safetensors/);
    await cp(golden('llama-untied-bias'), directory, { recursive: true });
    await rm(join(directory, 'model-00002-of-00002.safetensors'));
    const untied = await readLlamaConfig(directory);
    await expect(loadWeights(directory, untied)).rejects.toThrow(
      /model-00002-of-00002\.safetensors does not exist/,
    );
  });
});
