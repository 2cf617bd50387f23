import { join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { readJson } from '../files/readJson.ts';

/** How the rotary frequencies are stretched for contexts longer than the model was first trained on. */
export type RopeScaling =
  | { readonly type: 'none' }
  | { readonly type: 'linear'; readonly factor: number }
  | {
      readonly type: 'llama3';
      readonly factor: number;
      readonly lowFreqFactor: number;
      readonly highFreqFactor: number;
      /** Positions of the first training, before the stretch. */
      readonly originalMaxPositions: number;
    };

/** The shape of a Llama model: everything that its `config.json` says and the forward pass needs. */
export interface LlamaConfig {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  /** Query heads. */
  readonly heads: number;
  /** Key and value heads; divides `heads`. */
  readonly keyValueHeads: number;
  /** Width of one head, even; not always `hiddenSize / heads`. */
  readonly headDim: number;
  readonly ropeTheta: number;
  readonly ropeScaling: RopeScaling;
  readonly rmsNormEps: number;
  /** The output head is the embedding matrix itself. */
  readonly tieWordEmbeddings: boolean;
  /** Biases on the query, key, value and output projections. */
  readonly attentionBias: boolean;
  /** Biases on the gate, up and down projections. */
  readonly mlpBias: boolean;
  readonly maxPositions: number;
  readonly bosTokenId?: number;
  /** Any of these ends a text; may be empty. */
  readonly eosTokenIds: readonly number[];
}

const remedy = 'choose a model of the Llama family in its Hugging Face form, or correct the field';
const count = z.int().positive();
const tokenId = z.int().nonnegative();
const positive = z.number().positive();

/** Rotary parameters in any of their spellings; `type` is the older name of `rope_type`. */
const ropeSchema = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: positive.nullish(),
  factor: positive.optional(),
  low_freq_factor: positive.optional(),
  high_freq_factor: positive.optional(),
  original_max_position_embeddings: count.nullish(),
  partial_rotary_factor: z.literal(1).nullish(),
});

/** Defaults are those of transformers' `LlamaConfig`, which may leave out a field that has its default. */
const schema = z.looseObject({
  model_type: z.literal('llama'),
  vocab_size: count,
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  hidden_act: z.literal('silu').default('silu'),
  rms_norm_eps: positive.default(1e-6),
  max_position_embeddings: count.default(2048),
  tie_word_embeddings: z.boolean().default(false),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  bos_token_id: tokenId.nullable().default(1),
  eos_token_id: z
    .union([tokenId, z.array(tokenId)])
    .nullable()
    .default(2),
  rope_theta: positive.nullish(),
  rope_scaling: ropeSchema.nullish(),
  rope_parameters: ropeSchema.nullish(),
  // What follows would change the forward pass in ways that this implementation does not have.
  pretraining_tp: z.literal(1).nullish(),
  partial_rotary_factor: z.literal(1).nullish(),
  rope_interleaved: z.literal(false).nullish(),
  use_sliding_window: z.literal(false).nullish(),
  sliding_window: z.null().optional(),
  quantization_config: z.null().optional(),
});

type RawConfig = z.output<typeof schema>;

/**
 * The `config.json` of the model in `directory`.
 *
 * @throws HumanError naming the file and the field, when a field is missing, wrong, or asks for something that is
 *   not supported (another architecture or activation, quantised weights, a rotary scaling other than linear and
 *   llama3, sliding-window attention …).
 */
export async function readLlamaConfig(directory: string): Promise<LlamaConfig> {
  const path = join(directory, 'config.json');
  const raw = await readJson(path, schema, remedy);
  const refuse = (problem: string) => new HumanError(`${path}: ${problem}: ${remedy}.`);

  const heads = raw.num_attention_heads;
  const keyValueHeads = raw.num_key_value_heads ?? heads;
  if (heads % keyValueHeads !== 0) {
    throw refuse(`num_attention_heads ${heads} is not a multiple of num_key_value_heads ${keyValueHeads}`);
  }
  const headDim = raw.head_dim ?? raw.hidden_size / heads;
  if (!Number.isInteger(headDim)) {
    throw refuse(`hidden_size ${raw.hidden_size} is not a multiple of num_attention_heads ${heads}`);
  }
  if (headDim % 2 !== 0) throw refuse(`head_dim ${headDim} is odd, which rotary embeddings do not allow`);

  return {
    vocabSize: raw.vocab_size,
    hiddenSize: raw.hidden_size,
    intermediateSize: raw.intermediate_size,
    layers: raw.num_hidden_layers,
    heads,
    keyValueHeads,
    headDim,
    ...ropeOf(raw, refuse),
    rmsNormEps: raw.rms_norm_eps,
    tieWordEmbeddings: raw.tie_word_embeddings,
    attentionBias: raw.attention_bias,
    mlpBias: raw.mlp_bias,
    maxPositions: raw.max_position_embeddings,
    ...(raw.bos_token_id === null ? {} : { bosTokenId: raw.bos_token_id }),
    eosTokenIds: [raw.eos_token_id ?? []].flat(),
  };
}

/** `rope_scaling` wins over `rope_parameters`, and a base frequency in either over the outer `rope_theta`. */
function ropeOf(raw: RawConfig, refuse: (problem: string) => HumanError) {
  const field = raw.rope_scaling ? 'rope_scaling' : 'rope_parameters';
  const rope = raw[field] ?? {};
  const type = rope.rope_type ?? rope.type ?? 'default';
  const ropeTheta = rope.rope_theta ?? raw.rope_theta ?? 10_000;

  const need = (name: 'factor' | 'low_freq_factor' | 'high_freq_factor') => {
    const value = rope[name];
    if (value === undefined) throw refuse(`field ${field}.${name} is missing`);
    return value;
  };
  switch (type) {
    case 'default':
      return { ropeTheta, ropeScaling: { type: 'none' } } as const;
    case 'linear':
      return { ropeTheta, ropeScaling: { type, factor: need('factor') } } as const;
    case 'llama3': {
      const [factor, lowFreqFactor, highFreqFactor] = [
        need('factor'),
        need('low_freq_factor'),
        need('high_freq_factor'),
      ];
      if (lowFreqFactor >= highFreqFactor) {
        throw refuse(
          `field ${field}.low_freq_factor ${lowFreqFactor} is not below high_freq_factor ${highFreqFactor}`,
        );
      }
      const originalMaxPositions = rope.original_max_position_embeddings ?? raw.max_position_embeddings;
      return {
        ropeTheta,
        ropeScaling: { type, factor, lowFreqFactor, highFreqFactor, originalMaxPositions },
      } as const;
    }
    default:
      throw refuse(`field ${field}.rope_type is "${type}" (only default, linear and llama3 are supported)`);
  }
}

/**
 * Rotary embeddings' inverse frequencies, [headDim / 2], radians per position: theta^(-2i/headDim), then stretched.
 *
 * llama3 (transformers' `_compute_llama3_parameters`): wavelengths over `originalMaxPositions / lowFreqFactor` are
 * divided by `factor`, those under `originalMaxPositions / highFreqFactor` are kept, and the ones between are blended.
 */
export function rotaryFrequencies(config: LlamaConfig): Float64Array {
  const { headDim, ropeTheta, ropeScaling } = config;
  const stretch = (frequency: number): number => {
    if (ropeScaling.type === 'none') return frequency;
    const slow = frequency / ropeScaling.factor;
    if (ropeScaling.type === 'linear') return slow;
    const { lowFreqFactor, highFreqFactor, originalMaxPositions } = ropeScaling;
    const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
    const blend = Math.min(1, Math.max(0, (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor)));
    return (1 - blend) * slow + blend * frequency;
  };
  return Float64Array.from({ length: headDim / 2 }, (_, i) => stretch(ropeTheta ** ((-2 * i) / headDim)));
}
