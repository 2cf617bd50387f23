/** What llama.cpp calls the tensors that Hugging Face names otherwise. */

const whole: Readonly<Record<string, string>> = {
  'model.embed_tokens': 'token_embd',
  'model.norm': 'output_norm',
  lm_head: 'output',
};

/** Within a block. */
const inBlock: Readonly<Record<string, string>> = {
  input_layernorm: 'attn_norm',
  post_attention_layernorm: 'ffn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  'self_attn.q_norm': 'attn_q_norm',
  'self_attn.k_norm': 'attn_k_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
};

const inverse = (names: Readonly<Record<string, string>>) =>
  new Map(Object.entries(names).map(([theirs, ours]) => [ours, theirs]));
const wholeInverse = inverse(whole);
const inBlockInverse = inverse(inBlock);

/** `model.layers.3.mlp.up_proj.weight` → `blk.3.ffn_up.weight`; undefined for a name that has no counterpart. */
export function ggufName(name: string): string | undefined {
  const [, module, kind] = /^(.*)\.(weight|bias)$/.exec(name) ?? [];
  if (module === undefined) return undefined;
  if (whole[module]) return `${whole[module]}.${kind}`;
  const [, layer, inner] = /^model\.layers\.(\d+)\.(.+)$/.exec(module) ?? [];
  const mapped = inner === undefined ? undefined : inBlock[inner];
  return mapped && `blk.${layer}.${mapped}.${kind}`;
}

/** The way back. */
export function huggingFaceName(name: string): string | undefined {
  const [, module, kind] = /^(.*)\.(weight|bias)$/.exec(name) ?? [];
  if (module === undefined) return undefined;
  const simple = wholeInverse.get(module);
  if (simple) return `${simple}.${kind}`;
  const [, layer, inner] = /^blk\.(\d+)\.(.+)$/.exec(module) ?? [];
  const mapped = inner === undefined ? undefined : inBlockInverse.get(inner);
  return mapped && `model.layers.${layer}.${mapped}.${kind}`;
}
