/** A model of SmolLM2-135M's shape with random weights: speed and memory do not depend on what the weights are. */
import type { LlamaConfig } from '../../../trainer/model/config.ts';
import { llama } from '../../../trainer/model/families/llama.ts';
import { expectedWeights, type Weights } from '../../../trainer/model/weights.ts';

export const config: LlamaConfig = {
  family: llama,
  vocabSize: 49152,
  hiddenSize: 576,
  intermediateSize: 1536,
  layers: 30,
  heads: 9,
  keyValueHeads: 3,
  headDim: 64,
  ropeTheta: 100_000,
  ropeScaling: { type: 'none' },
  rmsNormEps: 1e-5,
  tieWordEmbeddings: true,
  biases: { queryKeyValue: false, output: false, mlp: false },
  maxPositions: 2048,
  eosTokenIds: [],
};

/** A maker of numbers of deviation 0.02, the same each time. */
export function randomNumbers(): (count: number) => Float32Array<ArrayBuffer> {
  let state = 1;
  const scale = (0.02 * Math.sqrt(12)) / 2 ** 32;
  return (count) => {
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      // A linear congruential generator (Numerical Recipes): 135 million numbers in a second.
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      data[i] = scale * (state - 2 ** 31);
    }
    return data;
  };
}

/** Norms of 1 and matrices of random numbers, the same each time. */
export function randomWeights(): Weights {
  const numbers = randomNumbers();
  return new Map(
    [...expectedWeights(config)].map(([name, shape]) => {
      const count = shape.reduce((product, dim) => product * dim, 1);
      const data = shape.length > 1 ? numbers(count) : new Float32Array(count).fill(1);
      return [name, { shape, data }];
    }),
  );
}

/** Token ids, the same each time; `keys` tell one prompt from another. */
export function randomTokens(count: number, key: number): number[] {
  return Array.from(
    { length: count },
    (_, i) => ((Math.imul(i + 1, 7919) + Math.imul(key + 1, 104_729)) % 40_000) + 300,
  );
}
