import type { Family } from './family.ts';

/** Qwen2, Qwen2.5 and Qwen2.5-Coder: Llama with biases on query, key and value, whatever config.json says. */
export const qwen2: Family = {
  modelType: 'qwen2',
  architecture: 'Qwen2ForCausalLM',
  gguf: 'qwen2',
  examples: 'Qwen2, Qwen2.5 and Qwen2.5-Coder',
  defaults: { keyValueHeads: 32, maxPositions: 32768, bosTokenId: null, eosTokenId: null },
  biases: () => ({ queryKeyValue: true, output: false, mlp: false }),
  queryKeyNorm: false,
  ggufTurnsNeighbours: false,
};
