import type { Family } from './family.ts';

/** Llama 2 and 3, and what was built like them: SmolLM2, TinyLlama, DeepSeek-Coder 1.3B … */
export const llama: Family = {
  modelType: 'llama',
  architecture: 'LlamaForCausalLM',
  gguf: 'llama',
  examples: 'Llama 2 and 3, SmolLM2',
  defaults: { maxPositions: 2048, bosTokenId: 1, eosTokenId: 2 },
  biases: ({ attention, mlp }) => ({ queryKeyValue: attention, output: attention, mlp }),
  queryKeyNorm: false,
  ggufTurnsNeighbours: true,
};
