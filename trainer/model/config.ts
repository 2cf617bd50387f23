import { join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { readJson } from '../files/readJson.ts';
import { families, supportedFamilies } from './families/families.ts';
import type { Family } from './families/family.ts';
import { type RopeScaling, ropeOf, ropeSchema } from './ropeScaling.ts';

/** The shape of a model: everything that its `config.json` says and the forward pass needs. */
export interface LlamaConfig {
  readonly family: Family;
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
  /** Which projections have biases; `mlp` means gate, up and down. */
  readonly biases: { readonly queryKeyValue: boolean; readonly output: boolean; readonly mlp: boolean };
  readonly maxPositions: number;
  readonly bosTokenId?: number;
  /** Any of these ends a text; may be empty. */
  readonly eosTokenIds: readonly number[];
}

const remedy = 'choose a model of a supported family, or correct the field';
const count = z.int().positive();
const tokenId = z.int().nonnegative();
const positive = z.number().positive();

const familySchema = z.looseObject({ model_type: z.string() });

/** Defaults that all families share are those of transformers, which may leave out a field that has its default. */
const schema = z.looseObject({
  vocab_size: count,
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  hidden_act: z.literal('silu').default('silu'),
  rms_norm_eps: positive.default(1e-6),
  max_position_embeddings: count.optional(),
  tie_word_embeddings: z.boolean().default(false),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  bos_token_id: tokenId.nullish(),
  eos_token_id: z.union([tokenId, z.array(tokenId)]).nullish(),
  rope_theta: positive.nullish(),
  rope_scaling: ropeSchema.nullish(),
  rope_parameters: ropeSchema.nullish(),
  // What follows would change the forward pass in ways that this implementation does not have.
  pretraining_tp: z.literal(1).nullish(),
  partial_rotary_factor: z.literal(1).nullish(),
  rope_interleaved: z.literal(false).nullish(),
  use_sliding_window: z.literal(false).nullish(),
  sliding_window: count.nullish(),
  layer_types: z.array(z.literal('full_attention')).nullish(),
  quantization_config: z.null().optional(),
});

/**
 * The `config.json` of the model in `directory`.
 *
 * @throws HumanError naming the file and the field, when a field is missing, wrong, or asks for something that is
 *   not supported (another architecture or activation, quantised weights, an unknown rotary scaling,
 *   sliding-window attention …).
 */
export async function readLlamaConfig(directory: string): Promise<LlamaConfig> {
  const path = join(directory, 'config.json');
  const { model_type } = await readJson(path, familySchema, remedy);
  const refuse = (problem: string) => new HumanError(`${path}: ${problem}: ${remedy}.`);
  const family = families.find(({ modelType }) => modelType === model_type);
  if (!family) {
    throw new HumanError(
      `${path}: field model_type is "${model_type}", which is not supported: choose a model of one of the ` +
        `families ${supportedFamilies}.`,
    );
  }
  const raw = await readJson(path, schema, remedy);
  const { defaults } = family;
  if (raw.sliding_window != null && raw.use_sliding_window !== false) {
    throw refuse(`field sliding_window is ${raw.sliding_window} (sliding-window attention is not supported)`);
  }

  const heads = raw.num_attention_heads;
  const keyValueHeads = raw.num_key_value_heads ?? defaults.keyValueHeads ?? heads;
  if (heads % keyValueHeads !== 0) {
    throw refuse(`num_attention_heads ${heads} is not a multiple of num_key_value_heads ${keyValueHeads}`);
  }
  const headDim = raw.head_dim ?? defaults.headDim ?? raw.hidden_size / heads;
  if (!Number.isInteger(headDim)) {
    throw refuse(`hidden_size ${raw.hidden_size} is not a multiple of num_attention_heads ${heads}`);
  }
  if (headDim % 2 !== 0) throw refuse(`head_dim ${headDim} is odd, which rotary embeddings do not allow`);

  const maxPositions = raw.max_position_embeddings ?? defaults.maxPositions;
  const bosTokenId = raw.bos_token_id === undefined ? defaults.bosTokenId : raw.bos_token_id;
  const eosTokenId = raw.eos_token_id === undefined ? defaults.eosTokenId : raw.eos_token_id;
  return {
    family,
    vocabSize: raw.vocab_size,
    hiddenSize: raw.hidden_size,
    intermediateSize: raw.intermediate_size,
    layers: raw.num_hidden_layers,
    heads,
    keyValueHeads,
    headDim,
    ...ropeOf(raw, maxPositions, refuse),
    rmsNormEps: raw.rms_norm_eps,
    tieWordEmbeddings: raw.tie_word_embeddings,
    biases: family.biases({ attention: raw.attention_bias, mlp: raw.mlp_bias }),
    maxPositions,
    ...(bosTokenId === null ? {} : { bosTokenId }),
    eosTokenIds: [eosTokenId ?? []].flat(),
  };
}
