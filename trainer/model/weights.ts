import { HumanError } from '../../sandbox/humanError.ts';
import type { LlamaConfig } from './config.ts';
import { isGguf } from './gguf/isGguf.ts';
import { openGgufWeights } from './gguf/weights.ts';
import { linearName, linearNames, linearSize } from './linear.ts';
import type { Tensor } from './safetensors.ts';
import { openSafetensors } from './safetensorsWeights.ts';
import type { WeightSource } from './weightSource.ts';

/** Weights by their Hugging Face names; matrices are [out, in]. */
export type Weights = Map<string, Tensor>;

const embedding = 'model.embed_tokens.weight';
const head = 'lm_head.weight';

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
 * The weights of the model at `path`, a Hugging Face directory or a GGUF file, ready to be read. Every name and shape
 * is checked, and nothing but tables of contents is read.
 *
 * @throws HumanError naming the first tensor that is missing, misshapen, or not of a model with this config.
 */
export async function openWeights(path: string, config: LlamaConfig): Promise<WeightSource> {
  const source = isGguf(path) ? openGgufWeights(path, config) : await openSafetensors(path);
  const expected = expectedWeights(config);
  for (const [name, shape] of expected) {
    const tensor = source.tensors.get(name);
    if (!tensor) throw new HumanError(`The model in ${path} lacks tensor ${name}: download it again.`);
    if (tensor.shape.join() !== shape.join()) {
      throw new HumanError(
        `${source.fileOf(name)}: tensor ${name} is [${tensor.shape.join(', ')}] and its config implies ` +
          `[${shape.join(', ')}]: use the config that belongs to these weights.`,
      );
    }
  }
  refuseUnexpected(source, expected, config);
  return source;
}

/** All weights as float32, in the order of `expectedWeights`. */
export async function readWeights(source: WeightSource, config: LlamaConfig): Promise<Weights> {
  const weights: Weights = new Map();
  await readEach(source, config, (name, tensor) => void weights.set(name, tensor));
  return weights;
}

/** Gives `use` one weight after the other as float32, in the order of `expectedWeights`, and keeps none. */
export async function readEach(
  source: WeightSource,
  config: LlamaConfig,
  use: (name: string, tensor: Tensor) => void | Promise<void>,
): Promise<void> {
  for (const [name, shape] of expectedWeights(config)) {
    const tensor = { shape, data: await source.read(name) };
    if (name === embedding && config.tieWordEmbeddings && source.tensors.has(head)) {
      await checkTied(source, tensor);
    }
    await use(name, tensor);
  }
}

/** Opens and reads: see there for what is refused. */
export async function loadWeights(path: string, config: LlamaConfig): Promise<Weights> {
  return readWeights(await openWeights(path, config), config);
}

/** A tensor that the forward pass does not know would be dropped without a word, and the model be another one. */
function refuseUnexpected(
  source: WeightSource,
  expected: ReadonlyMap<string, unknown>,
  config: LlamaConfig,
): void {
  for (const name of source.tensors.keys()) {
    if (expected.has(name) || name.endsWith('.rotary_emb.inv_freq')) continue;
    if (name === head && config.tieWordEmbeddings) continue;
    throw new HumanError(
      `${source.fileOf(name)}: tensor ${name} is not part of a ${config.family.modelType} model with this config.json: choose another model.`,
    );
  }
}

async function checkTied(source: WeightSource, embeddings: Tensor): Promise<void> {
  const stored = await source.read(head);
  const same = stored.length === embeddings.data.length && stored.every((x, i) => x === embeddings.data[i]);
  if (same) return;
  throw new HumanError(
    `${source.fileOf(head)}: ${head} differs from the embeddings although config.json ties them: set tie_word_embeddings to false.`,
  );
}
