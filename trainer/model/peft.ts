/** LoRA adapters as directories in PEFT's form: `adapter_model.safetensors` and `adapter_config.json`. */
import { join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { parseJson, readJson } from '../files/readJson.ts';
import { replaceJson } from '../files/replaceFile.ts';
import { type LoraShape, loraShapes } from './adapter.ts';
import type { LlamaConfig } from './config.ts';
import { type BaseFingerprint, baseFingerprint, fingerprintOf, isSameBase } from './fingerprint.ts';
import { linearNames } from './linear.ts';
import type { OpenModel } from './loadModel.ts';
import { readSafetensors, readSafetensorsMetadata, writeSafetensors } from './safetensors.ts';
import type { Weights } from './weights.ts';

/** A LoRA adapter; tensors are named `model.layers.0.self_attn.q_proj.lora_A.weight`, as `loraShapes` says. */
export interface Adapter {
  readonly lora: LoraShape;
  readonly tensors: Weights;
  /** The base model that it was trained on; not known of adapters that other tools made. */
  readonly base?: BaseFingerprint;
}

/** Where the safetensors file's header tells the base model. */
const baseKey = 'reinforce.base';

/** PEFT wraps the model twice, and its tensors' names say so. */
const wrapping = 'base_model.model.';
const remedy = 'use a plain LoRA adapter';
const off = z.union([z.literal(false), z.null()]).optional();
const nothing = z.union([z.null(), z.record(z.string(), z.never()), z.array(z.never())]).optional();

/** Whatever would change what B·A is added to, or how, is refused. */
const schema = z.looseObject({
  peft_type: z.literal('LORA'),
  base_model_name_or_path: z.string().nullish(),
  r: z.int().positive(),
  lora_alpha: z.number().positive(),
  bias: z.literal('none').default('none'),
  use_rslora: off,
  use_dora: off,
  lora_bias: off,
  fan_in_fan_out: off,
  rank_pattern: nothing,
  alpha_pattern: nothing,
  modules_to_save: nothing,
  layer_replication: nothing,
});

/** Writes an adapter into a directory that exists. `baseModel` is what the adapter belongs to: a path or a hub name. */
export async function writeAdapter(directory: string, adapter: Adapter, baseModel: string): Promise<void> {
  const wrapped = new Map([...adapter.tensors].map(([name, tensor]) => [wrapping + name, tensor]));
  await writeSafetensors(join(directory, 'adapter_model.safetensors'), wrapped, {
    metadata: { format: 'pt', ...(adapter.base ? { [baseKey]: JSON.stringify(adapter.base) } : {}) },
  });
  await replaceJson(join(directory, 'adapter_config.json'), {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: baseModel,
    r: adapter.lora.rank,
    lora_alpha: adapter.lora.alpha,
    lora_dropout: 0,
    bias: 'none',
    target_modules: linearNames.map((name) => name.split('.').at(-1)).sort(),
    inference_mode: true,
  });
}

/**
 * The adapter in `directory`, for a model with this config. Linear layers that it does not adapt get matrices of
 * zeros, which change nothing and stay zero in training.
 *
 * @throws HumanError naming the file and the tensor or field that does not fit.
 */
export async function readAdapter(directory: string, config: LlamaConfig): Promise<Adapter> {
  const { r: rank, lora_alpha: alpha } = await readJson(
    join(directory, 'adapter_config.json'),
    schema,
    remedy,
  );
  const path = join(directory, 'adapter_model.safetensors');
  const stored = await readSafetensors(path);
  const tensors: Weights = new Map();
  for (const [name, shape] of loraShapes(config, { rank, alpha })) {
    const tensor = stored.get(wrapping + name);
    stored.delete(wrapping + name);
    if (tensor && tensor.shape.join() !== shape.join()) {
      throw new HumanError(
        `${path}: tensor ${wrapping + name} is [${tensor.shape.join(', ')}] and the model asks for ` +
          `[${shape.join(', ')}]: use an adapter of this model.`,
      );
    }
    const size = shape.reduce((product, n) => product * n, 1);
    tensors.set(name, tensor ?? { shape, data: new Float32Array(size) });
  }
  for (const name of stored.keys()) {
    throw new HumanError(`${path}: the model has no place for tensor ${name}: use an adapter of this model.`);
  }
  const told = (await readSafetensorsMetadata(path))[baseKey];
  const base = told === undefined ? {} : { base: parseJson(told, path, baseFingerprint, remedy) };
  return { lora: { rank, alpha }, tensors, ...base };
}

/**
 * The adapter in `directory` for an opened model, whose weights need not have been read.
 *
 * @throws HumanError as `readAdapter` does, and when it was trained on another model of the same shape.
 */
export async function readAdapterOf(
  { directory: model, config, source }: OpenModel,
  directory: string,
): Promise<Adapter> {
  const adapter = await readAdapter(directory, config);
  if (!adapter.base || isSameBase(adapter.base, await fingerprintOf(source, config))) return adapter;
  const { base_model_name_or_path: its } = await readJson(
    join(directory, 'adapter_config.json'),
    schema,
    remedy,
  );
  throw new HumanError(
    `The adapter in ${directory} was trained on another base model than ${model}: use it with ${its ?? 'its own model'}, or choose another adapter.`,
  );
}

/** A sentence where nothing tells whether an adapter belongs to the model that it is used with. */
export const doubtAbout = (directory: string, { base }: Adapter): string | undefined =>
  base
    ? undefined
    : `The adapter in ${directory} does not tell what model it was trained on: with another one than that its answers are of no use.`;
