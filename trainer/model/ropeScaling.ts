/** How rotary embeddings are stretched, as `config.json` says it. What each kind computes is in rotary.ts. */
import { z } from 'zod';
import type { HumanError } from '../../sandbox/humanError.ts';

/** How the rotary frequencies are stretched for contexts longer than the model was first trained on. */
export type RopeScaling =
  | { readonly type: 'none' }
  | { readonly type: 'linear'; readonly factor: number }
  /** One divisor a frequency, [headDim / 2], as GGUF has them. */
  | { readonly type: 'divisors'; readonly divisors: readonly number[] }
  | {
      readonly type: 'llama3';
      readonly factor: number;
      readonly lowFreqFactor: number;
      readonly highFreqFactor: number;
      /** Positions of the first training, before the stretch. */
      readonly originalMaxPositions: number;
    }
  | Yarn;

export interface Yarn {
  readonly type: 'yarn';
  readonly factor: number;
  readonly originalMaxPositions: number;
  /** Frequencies that turn more often than this within `originalMaxPositions` are kept. */
  readonly betaFast: number;
  /** Those that turn less often are divided by `factor`. */
  readonly betaSlow: number;
  /** Multiplies cosine and sine. */
  readonly attentionFactor: number;
}

const positive = z.number().positive();

/** Rotary parameters in any of their spellings; `type` is the older name of `rope_type`. */
export const ropeSchema = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: positive.nullish(),
  factor: positive.optional(),
  low_freq_factor: positive.optional(),
  high_freq_factor: positive.optional(),
  original_max_position_embeddings: z.int().positive().nullish(),
  beta_fast: positive.nullish(),
  beta_slow: positive.nullish(),
  attention_factor: positive.nullish(),
  partial_rotary_factor: z.literal(1).nullish(),
  // DeepSeek's additions to YaRN.
  mscale: z.null().optional(),
  mscale_all_dim: z.null().optional(),
  truncate: z.literal(true).nullish(),
});

type Rope = z.output<typeof ropeSchema>;

interface RopeFields {
  readonly rope_theta?: number | null | undefined;
  readonly rope_scaling?: Rope | null | undefined;
  readonly rope_parameters?: Rope | null | undefined;
}

/** `rope_scaling` wins over `rope_parameters`, and a base frequency in either over the outer `rope_theta`. */
export function ropeOf(
  raw: RopeFields,
  maxPositions: number,
  refuse: (problem: string) => HumanError,
): { readonly ropeTheta: number; readonly ropeScaling: RopeScaling } {
  const field = raw.rope_scaling ? 'rope_scaling' : 'rope_parameters';
  const rope = raw[field] ?? {};
  const ropeTheta = rope.rope_theta ?? raw.rope_theta ?? 10_000;
  return { ropeTheta, ropeScaling: scalingOf(rope, field, maxPositions, refuse) };
}

function scalingOf(
  rope: Rope,
  field: string,
  maxPositions: number,
  refuse: (problem: string) => HumanError,
): RopeScaling {
  const type = rope.rope_type ?? rope.type ?? 'default';
  const need = (name: 'factor' | 'low_freq_factor' | 'high_freq_factor') => {
    const value = rope[name];
    if (value === undefined) throw refuse(`field ${field}.${name} is missing`);
    return value;
  };
  const originalMaxPositions = rope.original_max_position_embeddings ?? maxPositions;
  switch (type) {
    case 'default':
      return { type: 'none' };
    case 'linear':
      return { type, factor: need('factor') };
    case 'yarn':
      return yarnOf({
        factor: need('factor'),
        originalMaxPositions,
        betaFast: rope.beta_fast,
        betaSlow: rope.beta_slow,
        attentionFactor: rope.attention_factor,
      });
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
      return { type, factor, lowFreqFactor, highFreqFactor, originalMaxPositions };
    }
    default:
      throw refuse(
        `field ${field}.rope_type is "${type}" (only default, linear, llama3 and yarn are supported)`,
      );
  }
}

interface YarnFields {
  readonly factor: number;
  readonly originalMaxPositions: number;
  readonly betaFast?: number | null | undefined;
  readonly betaSlow?: number | null | undefined;
  readonly attentionFactor?: number | null | undefined;
}

/** YaRN with what its authors suggest for fields that are left out (Peng et al. 2023, sections 3.2 and 3.4). */
export function yarnOf({ factor, originalMaxPositions, ...rest }: YarnFields): Yarn {
  return {
    type: 'yarn',
    factor,
    originalMaxPositions,
    betaFast: rest.betaFast ?? 32,
    betaSlow: rest.betaSlow ?? 1,
    attentionFactor: rest.attentionFactor ?? (factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1),
  };
}
