import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { readJson } from '../files/readJson.ts';
import type { LlamaConfig } from './config.ts';
import { linearName, linearNames, linearSize } from './linear.ts';
import { readSafetensors, readSafetensorsHeader, type Tensor, type TensorEntry } from './safetensors.ts';

/** Weights by their Hugging Face names; matrices are [out, in]. */
export type Weights = Map<string, Tensor>;

const embedding = 'model.embed_tokens.weight';
const head = 'lm_head.weight';
const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string().regex(/^[^/\\]+$/)) });

/** Names and shapes of all weights of a model. */
export function expectedWeights(config: LlamaConfig): Map<string, readonly number[]> {
  const { hiddenSize, vocabSize } = config;
  const shapes = new Map<string, readonly number[]>([[embedding, [vocabSize, hiddenSize]]]);
  for (let layer = 0; layer < config.layers; layer++) {
    shapes.set(`model.layers.${layer}.input_layernorm.weight`, [hiddenSize]);
    shapes.set(`model.layers.${layer}.post_attention_layernorm.weight`, [hiddenSize]);
    if (config.family.queryKeyNorm) {
      shapes.set(`model.layers.${layer}.self_attn.q_norm.weight`, [config.headDim]);
      shapes.set(`model.layers.${layer}.self_attn.k_norm.weight`, [config.headDim]);
    }
    for (const name of linearNames) {
      const { outputs, inputs, bias } = linearSize(config, name);
      shapes.set(`${linearName(layer, name)}.weight`, [outputs, inputs]);
      if (bias) shapes.set(`${linearName(layer, name)}.bias`, [outputs]);
    }
  }
  shapes.set('model.norm.weight', [hiddenSize]);
  if (!config.tieWordEmbeddings) shapes.set(head, [vocabSize, hiddenSize]);
  return shapes;
}

/**
 * All weights of the model in `directory` as float32, from `model.safetensors` or the shards that
 * `model.safetensors.index.json` names, in the order of `expectedWeights`. Every name and shape is checked before
 * any weight is read.
 *
 * @throws HumanError naming the first tensor that is missing, misshapen, or not of a Llama with this config.
 */
export async function loadWeights(directory: string, config: LlamaConfig): Promise<Weights> {
  const found = await findTensors(directory);
  const expected = expectedWeights(config);
  for (const [name, shape] of expected) {
    const tensor = found.get(name);
    if (!tensor) throw new HumanError(`The model in ${directory} lacks tensor ${name}: download it again.`);
    if (tensor.entry.shape.join() !== shape.join()) {
      throw new HumanError(
        `${tensor.path}: tensor ${name} is [${tensor.entry.shape.join(', ')}] and config.json implies ` +
          `[${shape.join(', ')}]: use the config.json that belongs to these weights.`,
      );
    }
  }
  refuseUnexpected(found, expected, config);

  const loaded: Weights = new Map();
  for (const [path, names] of Map.groupBy(expected.keys(), (name) => found.get(name)!.path)) {
    for (const [name, tensor] of await readSafetensors(path, names)) loaded.set(name, tensor);
  }
  if (config.tieWordEmbeddings && found.has(head)) await checkTied(found, loaded.get(embedding)!);
  return new Map([...expected.keys()].map((name) => [name, loaded.get(name)!]));
}

interface Found {
  readonly path: string;
  readonly entry: TensorEntry;
}

async function findTensors(directory: string): Promise<Map<string, Found>> {
  const single = join(directory, 'model.safetensors');
  const index = join(directory, 'model.safetensors.index.json');
  if (await exists(single)) return entriesOf(single);
  if (!(await exists(index))) {
    throw new HumanError(
      (await exists(directory))
        ? `${directory} holds no model.safetensors: choose the directory of a Hugging Face model.`
        : `The model directory ${directory} does not exist: check the path of the model.`,
    );
  }
  const { weight_map } = await readJson(index, indexSchema, 'download the model again');
  const found = new Map<string, Found>();
  for (const shard of new Set(Object.values(weight_map))) {
    for (const [name, tensor] of await entriesOf(join(directory, shard))) found.set(name, tensor);
  }
  return found;
}

async function entriesOf(path: string): Promise<Map<string, Found>> {
  const header = await readSafetensorsHeader(path);
  return new Map([...header].map(([name, entry]) => [name, { path, entry }]));
}

/** A tensor that the forward pass does not know would be dropped without a word, and the model be another one. */
function refuseUnexpected(
  found: Map<string, Found>,
  expected: Map<string, unknown>,
  config: LlamaConfig,
): void {
  for (const [name, { path }] of found) {
    if (expected.has(name) || name.endsWith('.rotary_emb.inv_freq')) continue;
    if (name === head && config.tieWordEmbeddings) continue;
    throw new HumanError(
      `${path}: tensor ${name} is not part of a ${config.family.modelType} model with this config.json: choose another model.`,
    );
  }
}

async function checkTied(found: Map<string, Found>, embeddings: Tensor): Promise<void> {
  const { path } = found.get(head)!;
  const stored = (await readSafetensors(path, [head])).get(head)!;
  const same =
    stored.data.length === embeddings.data.length && stored.data.every((x, i) => x === embeddings.data[i]);
  if (same) return;
  throw new HumanError(
    `${path}: ${head} differs from the embeddings although config.json ties them: set tie_word_embeddings to false.`,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
