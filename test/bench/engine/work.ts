/** The benchmark's work, the same for the engine and its peers. */
import { randomTokens } from './smolLm2.ts';

export interface SamplingWork {
  readonly prompts: number;
  readonly promptTokens: number;
  /** Completions a prompt, and tokens a completion. */
  readonly completions: number;
  readonly tokens: number;
}

/** Eight groups of eight completions, all decoded at once. */
export const batched: SamplingWork = { prompts: 8, promptTokens: 128, completions: 8, tokens: 64 };

/** An inline completion: one sequence of 20 tokens after a prefix of 256. */
export const single: SamplingWork = { prompts: 1, promptTokens: 256, completions: 1, tokens: 20 };

/** Milliseconds after which a measurement ends with what was written until then. */
export const longestMeasurement = 8_000;

/** One training step: groups of eight sequences that share their prompt, a LoRA of rank 16 on every linear layer. */
export const training = { groups: 8, tries: 8, promptTokens: 128, tokens: 64, rank: 16 };

/** The prompt of every sequence. */
export const promptsOf = ({ prompts, promptTokens, completions }: SamplingWork): number[][] =>
  Array.from({ length: prompts * completions }, (_, at) =>
    randomTokens(promptTokens, Math.floor(at / completions)),
  );
