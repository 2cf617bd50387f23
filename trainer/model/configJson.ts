/** A model's shape as the `config.json` of a Hugging Face directory. */
import { HumanError } from '../../sandbox/humanError.ts';
import type { LlamaConfig } from './config.ts';
import type { RopeScaling } from './ropeScaling.ts';
import { rotaryFrequencies } from './rotary.ts';
import type { StoredType } from './safetensors.ts';

const torchNames = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' } as const;

/**
 * The content of a `config.json` that says what `config` says.
 * @throws HumanError for rotary divisors (of a GGUF file) that are not those of Llama 3.
 */
export function configJson(config: LlamaConfig, dtype: StoredType): object {
  const { family, biases } = config;
  return {
    architectures: [family.architecture],
    model_type: family.modelType,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.keyValueHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    rms_norm_eps: config.rmsNormEps,
    max_position_embeddings: config.maxPositions,
    tie_word_embeddings: config.tieWordEmbeddings,
    attention_bias: biases.queryKeyValue && biases.output,
    mlp_bias: biases.mlp,
    bos_token_id: config.bosTokenId ?? null,
    eos_token_id: config.eosTokenIds.length === 1 ? config.eosTokenIds[0] : config.eosTokenIds,
    rope_theta: config.ropeTheta,
    ...(config.ropeScaling.type === 'none' ? {} : { rope_scaling: ropeJson(config) }),
    torch_dtype: torchNames[dtype],
  };
}

function ropeJson(config: LlamaConfig): object {
  const scaling = config.ropeScaling.type === 'divisors' ? llama3Of(config) : config.ropeScaling;
  if (scaling?.type === 'linear') return { rope_type: 'linear', factor: scaling.factor };
  if (scaling?.type === 'llama3') {
    return {
      rope_type: 'llama3',
      factor: scaling.factor,
      low_freq_factor: scaling.lowFreqFactor,
      high_freq_factor: scaling.highFreqFactor,
      original_max_position_embeddings: scaling.originalMaxPositions,
    };
  }
  if (scaling?.type === 'yarn') {
    return {
      rope_type: 'yarn',
      factor: scaling.factor,
      original_max_position_embeddings: scaling.originalMaxPositions,
      beta_fast: scaling.betaFast,
      beta_slow: scaling.betaSlow,
      attention_factor: scaling.attentionFactor,
    };
  }
  throw new HumanError(
    'The rotary scaling of this GGUF file has no name in config.json: export an adapter instead, or start from the Hugging Face directory of the model.',
  );
}

/** GGUF has Llama 3's scaling as numbers only; all released models use these factors and 8192 positions. */
function llama3Of(config: LlamaConfig): RopeScaling | undefined {
  if (config.ropeScaling.type !== 'divisors') return undefined;
  const { divisors } = config.ropeScaling;
  const candidate: RopeScaling = {
    type: 'llama3',
    factor: Math.round(Math.max(...divisors)),
    lowFreqFactor: 1,
    highFreqFactor: 4,
    originalMaxPositions: 8192,
  };
  const expected = rotaryFrequencies({ ...config, ropeScaling: candidate });
  const plain = rotaryFrequencies({ ...config, ropeScaling: { type: 'none' } });
  const same = divisors.every((divisor, i) => Math.abs((divisor * expected[i]!) / plain[i]! - 1) < 1e-4);
  return same ? candidate : undefined;
}
