import type { Family } from './family.ts';

/** Qwen3 (dense): Llama with a norm on each head's query and key, and a head size of its own. */
export const qwen3: Family = {
  modelType: 'qwen3',
  architecture: 'Qwen3ForCausalLM',
  gguf: 'qwen3',
  examples: 'Qwen3 (dense)',
  defaults: { keyValueHeads: 32, headDim: 128, maxPositions: 32768, bosTokenId: null, eosTokenId: null },
  biases: ({ attention }) => ({ queryKeyValue: attention, output: attention, mlp: false }),
  queryKeyNorm: true,
  ggufTurnsNeighbours: false,
};
