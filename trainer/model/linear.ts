/** Names and sizes of a block's linear layers, as Hugging Face stores them. */
import type { LlamaConfig } from './config.ts';

/** The linear layers of one block. */
export const linearNames = [
  'self_attn.q_proj',
  'self_attn.k_proj',
  'self_attn.v_proj',
  'self_attn.o_proj',
  'mlp.gate_proj',
  'mlp.up_proj',
  'mlp.down_proj',
] as const;

export type LinearName = (typeof linearNames)[number];

export const linearName = (layer: number, name: LinearName) => `model.layers.${layer}.${name}`;

export function linearSize(
  config: LlamaConfig,
  name: LinearName,
): { readonly outputs: number; readonly inputs: number; readonly bias: boolean } {
  const { hiddenSize, intermediateSize, heads, keyValueHeads, headDim, biases } = config;
  switch (name) {
    case 'self_attn.q_proj':
      return { outputs: heads * headDim, inputs: hiddenSize, bias: biases.queryKeyValue };
    case 'self_attn.k_proj':
    case 'self_attn.v_proj':
      return { outputs: keyValueHeads * headDim, inputs: hiddenSize, bias: biases.queryKeyValue };
    case 'self_attn.o_proj':
      return { outputs: hiddenSize, inputs: heads * headDim, bias: biases.output };
    case 'mlp.gate_proj':
    case 'mlp.up_proj':
      return { outputs: intermediateSize, inputs: hiddenSize, bias: biases.mlp };
    case 'mlp.down_proj':
      return { outputs: hiddenSize, inputs: intermediateSize, bias: biases.mlp };
  }
}
