/**
 * Llama and the families built like it as a graph: token embedding, blocks of grouped-query attention and SwiGLU,
 * RMSNorm, rotary positions, tied or untied head. Weights are graph inputs under their Hugging Face names. What sets
 * the families apart (biases, norms of query and key) is said in families/.
 *
 * Axis letters: B sequences, T tokens, H heads, K key-value heads, D head size, E hidden size, V vocabulary,
 * C cached tokens.
 */
import type { Graph, Value } from '../graph/graph.ts';
import {
  add,
  concat,
  cut,
  gather,
  matMul,
  mul,
  reshape,
  rmsNorm,
  rotary,
  silu,
  slice,
  softmax,
  transpose,
} from '../graph/ops.ts';
import { type Dim, timesDim } from '../graph/shape.ts';
import type { LoraShape } from './adapter.ts';
import type { LlamaConfig } from './config.ts';
import { type LinearName, linearName, linearSize } from './linear.ts';

/** Computes one layer's attention. `query` is [B, H, T, D], `key` and `value` [B, K, T, D]; answers [B, H, T, D]. */
export type Attention = (layer: number, query: Value, key: Value, value: Value) => Value;

export class Llama {
  readonly #graph: Graph;
  readonly #config: LlamaConfig;
  readonly #lora: LoraShape | undefined;
  readonly #cosine: Value;
  readonly #sine: Value;
  /** What goes into each block, once `hidden` has been called: where activations can be checkpointed. */
  readonly blockInputs: Value[] = [];

  /** With `lora`, every linear layer is `W·x + (alpha/rank)·B·A·x` (Hu et al., 2021); A and B are inputs too. */
  constructor(graph: Graph, config: LlamaConfig, lora?: LoraShape) {
    this.#graph = graph;
    this.#config = config;
    this.#lora = lora;
    this.#cosine = graph.input('rotary.cosine', ['P', config.headDim / 2]);
    this.#sine = graph.input('rotary.sine', ['P', config.headDim / 2]);
  }

  /** `tokens` and `positions` [B, T] (int64) → hidden states after the last norm [B, T, E]. */
  hidden(tokens: Value, positions: Value, attention: Attention): Value {
    const { vocabSize, hiddenSize, layers } = this.#config;
    let x = gather(this.#weight('model.embed_tokens.weight', [vocabSize, hiddenSize]), tokens);
    for (let layer = 0; layer < layers; layer++) {
      this.blockInputs.push(x);
      x = this.#block(layer, x, positions, attention);
    }
    return this.#norm('model.norm', x);
  }

  /** `hidden` [..., E] → logits [..., V]. */
  logits(hidden: Value): Value {
    return matMul(hidden, this.head(), { transB: true });
  }

  /** The matrix [V, E] that makes logits of hidden states. */
  head(): Value {
    const { vocabSize, hiddenSize, tieWordEmbeddings } = this.#config;
    const name = tieWordEmbeddings ? 'model.embed_tokens.weight' : 'lm_head.weight';
    return this.#weight(name, [vocabSize, hiddenSize]);
  }

  #block(layer: number, x: Value, positions: Value, attention: Attention): Value {
    const { family, heads, keyValueHeads, headDim } = this.#config;
    const [batch, length] = x.shape as [Dim, Dim];
    const module = (name: LinearName, input: Value) => this.#linear(layer, name, input);
    // One token a sequence lies the same either way.
    const split = (y: Value, count: number) =>
      length === 1
        ? reshape(y, [batch, count, 1, headDim])
        : transpose(reshape(y, [batch, length, count, headDim]), [0, 2, 1, 3]);
    const ready = (name: 'q' | 'k', y: Value) => {
      const normed = family.queryKeyNorm
        ? this.#norm(`model.layers.${layer}.self_attn.${name}_norm`, y, headDim)
        : y;
      return rotary(normed, positions, this.#cosine, this.#sine);
    };

    const input = this.#norm(`model.layers.${layer}.input_layernorm`, x);
    const query = ready('q', split(module('self_attn.q_proj', input), heads));
    const key = ready('k', split(module('self_attn.k_proj', input), keyValueHeads));
    const value = split(module('self_attn.v_proj', input), keyValueHeads);
    const context = attention(layer, query, key, value);
    const joined = reshape(length === 1 ? context : transpose(context, [0, 2, 1, 3]), [
      batch,
      length,
      heads * headDim,
    ]);
    const attended = add(x, module('self_attn.o_proj', joined));

    const inner = this.#norm(`model.layers.${layer}.post_attention_layernorm`, attended);
    const gated = mul(silu(module('mlp.gate_proj', inner)), module('mlp.up_proj', inner));
    return add(attended, module('mlp.down_proj', gated));
  }

  #linear(layer: number, name: LinearName, x: Value): Value {
    const module = linearName(layer, name);
    const { outputs, inputs, bias } = linearSize(this.#config, name);
    let y = matMul(x, this.#weight(`${module}.weight`, [outputs, inputs]), { transB: true });
    if (bias) y = add(y, this.#weight(`${module}.bias`, [outputs]));
    if (!this.#lora) return y;
    const { rank, alpha } = this.#lora;
    const down = matMul(x, this.#weight(`${module}.lora_A.weight`, [rank, inputs]), { transB: true });
    const up = matMul(down, this.#weight(`${module}.lora_B.weight`, [outputs, rank]), {
      transB: true,
      alpha: alpha / rank,
    });
    return add(y, up);
  }

  #norm(name: string, x: Value, size = this.#config.hiddenSize): Value {
    return rmsNorm(x, this.#weight(`${name}.weight`, [size]), this.#config.rmsNormEps);
  }

  #weight(name: string, shape: readonly number[]): Value {
    return this.#graph.inputs.get(name) ?? this.#graph.input(name, shape);
  }
}

/**
 * Attention within the sequences alone. `mask` [1 or B, 1, T, T] is added to the scores: 0 where a token (row) may
 * look at another (column), a large negative number where not.
 */
export function fullAttention(mask: Value): Attention {
  return (_, query, key, value) => {
    const [batch, heads, length, headDim] = query.shape as [Dim, number, Dim, number];
    const groups = heads / (key.shape[1] as number);
    // The query heads that share a key head are stacked as rows of one matrix, so that keys need no copies.
    const stacked = reshape(query, [batch, heads / groups, timesDim(groups, length), headDim]);
    const scores = matMul(stacked, key, { transB: true, alpha: headDim ** -0.5 });
    const rows = groups === 1 ? mask : concat(Array<Value>(groups).fill(mask), 2);
    return reshape(matMul(softmax(add(scores, rows)), value), query.shape);
  };
}

/**
 * Attention of new tokens to cached ones and to each other. The caches ([B, K, C, D]) are read where they lie and are
 * never joined with what is new; `mask` [B, 1, 1, C] tells which cached columns are in use, and `newMask` [1, 1, T, T]
 * who sees whom among the new ones, which need none if there is one a sequence.
 */
export function cachedAttention(
  mask: Value,
  cached: (name: 'cachedKey' | 'cachedValue', layer: number) => Value,
  newMask?: Value,
): Attention {
  return (layer, query, key, value) => {
    const [batch, heads, length, headDim] = query.shape as [Dim, number, Dim, number];
    const keyValueHeads = key.shape[1] as number;
    const groups = heads / keyValueHeads;
    const rows = reshape(query, [batch, keyValueHeads, timesDim(groups, length), headDim]);
    const score = (keys: Value) => matMul(rows, keys, { transB: true, alpha: headDim ** -0.5 });
    const past = add(score(cached('cachedKey', layer)), mask);
    const seen = newMask && (groups === 1 ? newMask : concat(Array<Value>(groups).fill(newMask), 2));
    const present = seen ? add(score(key), seen) : score(key);
    const weights = softmax(concat([past, present], 3));
    const [ofPast, ofPresent] = newMask
      ? [cut(weights, 3, mask, 'before', mask.shape[3]!), cut(weights, 3, mask, 'after', length)]
      : [slice(weights, 3, 0, -1, mask.shape[3]!), slice(weights, 3, -1, Number.MAX_SAFE_INTEGER, 1)];
    const fromPast = matMul(ofPast, cached('cachedValue', layer));
    return reshape(add(fromPast, matMul(ofPresent, value)), query.shape);
  };
}
