import type { Random } from '../random.ts';

/** A chosen token and its log-probability under the policy at the sampling temperature, in nats. */
export interface Choice {
  readonly token: number;
  readonly logp: number;
}

export interface ChoiceSettings {
  /** Take the likeliest. */
  readonly greedy?: boolean | undefined;
  /** Choose among that many of the likeliest tokens alone. */
  readonly topK?: number | undefined;
  /** Choose among the likeliest tokens that together have this probability, or just more (Holtzman et al., 2020). */
  readonly topP?: number | undefined;
}

/**
 * Chooses a token by its probability. The log-probability is always that of the whole distribution, the one that scoring
 * computes, also where `topK` or `topP` leave tokens out.
 */
export function choose(probabilities: Float32Array, settings: ChoiceSettings, random: Random): Choice {
  const token = settings.greedy ? likeliest(probabilities) : drawn(probabilities, settings, random.uniform());
  return { token, logp: Math.log(probabilities[token]!) };
}

function likeliest(probabilities: Float32Array): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i++) if (probabilities[i]! > probabilities[best]!) best = i;
  return best;
}

function drawn(probabilities: Float32Array, { topK, topP }: ChoiceSettings, uniform: number): number {
  if (topK === undefined && topP === undefined) return firstAbove(probabilities, uniform);
  const kept = likeliestFew(probabilities, topK ?? probabilities.length, topP ?? 1);
  const total = kept.reduce((sum, token) => sum + probabilities[token]!, 0);
  const few = Float32Array.from(kept, (token) => probabilities[token]! / total);
  return kept[firstAbove(few, uniform)]!;
}

/** Index at which the running total first exceeds `limit`; the last possible one, should rounding keep the total below. */
function firstAbove(probabilities: Float32Array, limit: number): number {
  let total = 0;
  let last = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    if (p === 0) continue;
    total += p;
    last = i;
    if (total > limit) break;
  }
  return last;
}

function likeliestFew(probabilities: Float32Array, most: number, share: number): number[] {
  const sorted = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  let total = 0;
  const end = sorted.findIndex((token, at) => {
    if (at >= most || total >= share) return true;
    total += probabilities[token]!;
    return false;
  });
  return end < 0 ? sorted : sorted.slice(0, Math.max(1, end));
}
