import type { Family } from './family.ts';

/** Llama itself, and what was built like it: SmolLM2 and others. */
export const llama: Family = {
  modelType: 'llama',
  architecture: 'LlamaForCausalLM',
  gguf: 'llama',
  examples: 'Llama 3, SmolLM2',
  defaults: { maxPositions: 2048, bosTokenId: 1, eosTokenId: 2 },
  biases: ({ attention, mlp }) => ({ queryKeyValue: attention, output: attention, mlp }),
  queryKeyNorm: false,
  ggufTurnsNeighbours: true,
};
