/** Models with random weights: memory does not depend on what the weights are. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddedModel } from '../../../trainer/cli/places.ts';
import type { LlamaConfig } from '../../../trainer/model/config.ts';
import { qwen2 } from '../../../trainer/model/families/qwen2.ts';
import { readConfig } from '../../../trainer/model/loadModel.ts';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import type { WeightSource } from '../../../trainer/model/weightSource.ts';
import { expectedWeights } from '../../../trainer/model/weights.ts';
import { randomNumbers, config as smolLm2 } from '../engine/smolLm2.ts';

const qwen25: Omit<LlamaConfig, 'hiddenSize' | 'intermediateSize' | 'layers' | 'heads' | 'headDim'> = {
  family: qwen2,
  vocabSize: 151_936,
  keyValueHeads: 2,
  ropeTheta: 1_000_000,
  ropeScaling: { type: 'none' },
  rmsNormEps: 1e-6,
  tieWordEmbeddings: true,
  biases: { queryKeyValue: true, output: false, mlp: false },
  maxPositions: 32_768,
  eosTokenIds: [],
};

export const shapes = {
  'the embedded model': await readConfig(embeddedModel),
  'SmolLM2-135M': smolLm2,
  'Qwen2.5-0.5B': {
    ...qwen25,
    ...{ hiddenSize: 896, intermediateSize: 4864, layers: 24, heads: 14, headDim: 64 },
  },
  'Qwen2.5-1.5B': {
    ...qwen25,
    ...{ hiddenSize: 1536, intermediateSize: 8960, layers: 28, heads: 12, headDim: 128 },
  },
} satisfies Record<string, LlamaConfig>;

export type ShapeName = keyof typeof shapes;

/** Norms of 1, biases of 0 and matrices of random numbers, the same each time. */
export function randomSource(config: LlamaConfig): WeightSource {
  const numbers = randomNumbers();
  const expected = expectedWeights(config);
  const read = async (name: string): Promise<Float32Array> => {
    const shape = expected.get(name)!;
    const count = shape.reduce((product, dim) => product * dim, 1);
    return shape.length > 1 ? numbers(count) : new Float32Array(count).fill(name.endsWith('.bias') ? 0 : 1);
  };
  return {
    tensors: new Map([...expected].map(([name, shape]) => [name, { shape, format: 'F32', bytes: 0 }])),
    fileOf: (name) => name,
    read,
    readStored: async (name) => new Uint8Array((await read(name)).buffer as ArrayBuffer),
  };
}

/** The embedded model's tokenizer, with words of no meaning for all other tokens. */
export async function paddedTokenizer({ vocabSize }: LlamaConfig): Promise<Tokenizer> {
  const json = async (file: string) => JSON.parse(await readFile(join(embeddedModel, file), 'utf8'));
  const tokenizer = await json('tokenizer.json');
  const { vocab } = tokenizer.model;
  for (let id = Object.keys(vocab).length; id < vocabSize; id++) vocab[`word${id}`] = id;
  return Tokenizer.from({ name: 'padded', tokenizer, config: await json('tokenizer_config.json') });
}
