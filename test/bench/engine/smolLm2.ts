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

/** Norms of 1 and matrices of deviation 0.02, the same each time. */
export function randomWeights(): Weights {
  let state = 1;
  const scale = (0.02 * Math.sqrt(12)) / 2 ** 32;
  return new Map(
    [...expectedWeights(config)].map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((product, dim) => product * dim, 1)).fill(1);
      if (shape.length > 1) {
        for (let i = 0; i < data.length; i++) {
          // A linear congruential generator (Numerical Recipes): 135 million numbers in a second.
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          data[i] = scale * (state - 2 ** 31);
        }
      }
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
