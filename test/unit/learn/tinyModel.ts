/** A random Llama small enough for the reference interpreter, and a batch for its training graph. */
import type { TensorData } from '../../../trainer/graph/program.ts';
import { causalMask } from '../../../trainer/learn/feeds.ts';
import type { LlamaConfig } from '../../../trainer/model/config.ts';
import { llama } from '../../../trainer/model/families/llama.ts';
import { rotaryTables } from '../../../trainer/model/rotary.ts';
import type { Tensor } from '../../../trainer/model/safetensors.ts';
import { Random } from '../../../trainer/random.ts';
import { build, type NdArray, randomArray, rounded } from '../graph/ndarray.ts';

/** Two query heads a key head, and heads that together are wider than the hidden state. */
export const tinyConfig: LlamaConfig = {
  family: llama,
  vocabSize: 11,
  hiddenSize: 8,
  intermediateSize: 6,
  layers: 2,
  heads: 4,
  keyValueHeads: 2,
  headDim: 4,
  ropeTheta: 100,
  ropeScaling: { type: 'none' },
  rmsNormEps: 1e-5,
  tieWordEmbeddings: true,
  biases: { queryKeyValue: false, output: false, mlp: false },
  maxPositions: 48,
  eosTokenIds: [],
};

/** Random numbers that float32 can hold: norms about 1, matrices so that activations keep their size. */
export function randomTensors(
  shapes: ReadonlyMap<string, readonly number[]>,
  seed: string,
): Record<string, NdArray> {
  const tensors = [...shapes].map(([name, shape]): [string, NdArray] => {
    const { data } = randomArray(shape, seed, name);
    const spread = shape.length === 1 ? 0.3 : 1.2 / Math.sqrt(shape[1]!);
    const centre = name.includes('norm') ? 1 : 0;
    return [name, rounded({ shape, data: data.map((x) => centre + spread * x) })];
  });
  return Object.fromEntries(tensors);
}

/** Two sequences of five tokens with three and two actions: all inputs of a training graph but the weights. */
export function tinyBatch(config: LlamaConfig): Record<string, NdArray> {
  const random = new Random('batch');
  const [B, T, A] = [2, 5, 3];
  const draw = (low: number, high: number) =>
    rounded(build([B, A], () => low + (high - low) * random.uniform()));
  const tables = Object.entries(rotaryTables(config, T)).map(([name, { shape, data }]) => [
    name,
    { shape, data: [...(data as Float32Array)] },
  ]);
  const mask = causalMask(T);
  return {
    ...Object.fromEntries(tables),
    tokens: build([B, T], () => random.below(config.vocabSize)),
    positions: build([B, T], ([, t]) => t!),
    mask: { shape: mask.shape, data: [...(mask.data as Float32Array)] },
    rows: { shape: [B, A], data: [1, 2, 3, 5, 7, 0] },
    targets: build([B, A], () => random.below(config.vocabSize)),
    temperature: rounded({ shape: [], data: [0.7] }),
    weight: rounded({ shape: [B, A], data: [0.2, 0.2, 0.2, 0.3, 0.3, 0] }),
    advantage: draw(-1, 1),
    logpOld: draw(-3, -2),
    logpRef: draw(-3, -2),
  };
}

const indices = new Set(['tokens', 'positions', 'rows', 'targets']);

/** The same as what a compiled graph is fed. */
export function toFeeds(arrays: Readonly<Record<string, NdArray>>): Record<string, TensorData> {
  const feeds = Object.entries(arrays).map(([name, { shape, data }]): [string, TensorData] => [
    name,
    { shape, data: indices.has(name) ? BigInt64Array.from(data, BigInt) : Float32Array.from(data) },
  ]);
  return Object.fromEntries(feeds);
}

/** The same as weights of a model or an adapter. */
export function toWeights(arrays: Readonly<Record<string, NdArray>>): Map<string, Tensor> {
  return new Map(
    Object.entries(arrays).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
  );
}
