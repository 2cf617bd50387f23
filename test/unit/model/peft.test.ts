import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loraShapes } from '../../../trainer/model/adapter.ts';
import { type LlamaConfig, readLlamaConfig } from '../../../trainer/model/config.ts';
import { readAdapter, writeAdapter } from '../../../trainer/model/peft.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../../trainer/model/safetensors.ts';

const golden = join(import.meta.dirname, '../../../test-fixtures/golden/llama-tied');
const lora = { rank: 4, alpha: 8 };
let config: LlamaConfig;
let directory: string;
beforeEach(async () => {
  config = await readLlamaConfig(golden);
  directory = await mkdtemp(join(tmpdir(), 'reinforce-adapter-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** PEFT's own adapter, changed. */
async function readChanged(fields: object, change: (tensors: Map<string, Tensor>) => void = () => {}) {
  await cp(join(golden, 'adapter'), directory, { recursive: true });
  const path = join(directory, 'adapter_config.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...fields }));
  const tensors = await readSafetensors(join(directory, 'adapter_model.safetensors'));
  change(tensors);
  await writeSafetensors(join(directory, 'adapter_model.safetensors'), tensors);
  return readAdapter(directory, config);
}

const first = 'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight';

describe('an adapter that PEFT saved', () => {
  it('is read under the names of the model', async () => {
    const adapter = await readAdapter(join(golden, 'adapter'), config);
    expect(adapter.lora).toEqual(lora);
    expect([...adapter.tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ...loraShapes(config, lora),
    ]);
    const stored = await readSafetensors(join(golden, 'adapter', 'adapter_model.safetensors'));
    expect(adapter.tensors.get(first.slice('base_model.model.'.length))).toEqual(stored.get(first));
  });

  it('is the same after it was written and read', async () => {
    const adapter = await readAdapter(join(golden, 'adapter'), config);
    await writeAdapter(directory, adapter, 'llama-tied');
    expect(await readAdapter(directory, config)).toEqual(adapter);
    const [ours, theirs] = await Promise.all(
      [directory, join(golden, 'adapter')].map((at) =>
        readSafetensors(join(at, 'adapter_model.safetensors')),
      ),
    );
    expect(ours).toEqual(theirs);
  });

  it('for some layers only has zeros for the others', async () => {
    const adapter = await readChanged({ target_modules: ['k_proj'] }, (tensors) => {
      for (const name of tensors.keys()) if (!name.includes('k_proj')) tensors.delete(name);
    });
    expect(adapter.tensors.get('model.layers.0.self_attn.q_proj.lora_A.weight')).toEqual({
      shape: [4, 32],
      data: new Float32Array(128),
    });
  });

  it.each<[string, object, ((tensors: Map<string, Tensor>) => void) | undefined, RegExp]>([
    ['is no LoRA', { peft_type: 'IA3' }, undefined, /adapter_config\.json: field peft_type is "IA3"/],
    ['is a DoRA', { use_dora: true }, undefined, /field use_dora is true/],
    ['has ranks of their own', { rank_pattern: { q_proj: 8 } }, undefined, /field rank_pattern/],
    ['has another rank', { r: 8 }, undefined, /q_proj\.lora_A\.weight is \[4, 32\].*\[8, 32\]/],
    [
      'is of another model',
      {},
      (tensors) => tensors.set('base_model.model.extra.lora_A.weight', tensors.get(first)!),
      /no place for tensor base_model\.model\.extra/,
    ],
  ])('but %s is refused by a sentence', async (_, fields, change, sentence) => {
    await expect(readChanged(fields, change)).rejects.toThrow(sentence);
  });
});
