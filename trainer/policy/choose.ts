import type { Random } from '../random.ts';

/** A chosen token and its log-probability under the policy at the sampling temperature, in nats. */
export interface Choice {
  readonly token: number;
  readonly logp: number;
}

/**
 * Chooses a token by its probability `softmax(logits / temperature)`; at temperature 0, the likeliest (whose
 * log-probability is then that of temperature 1).
 */
export function choose(logits: Float32Array, temperature: number, random: Random): Choice {
  const divisor = temperature === 0 ? 1 : temperature;
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  const highest = logits[best]! / divisor;
  // Running totals: the exponentials, which are the cost of choosing, are computed once.
  const totals = new Float64Array(logits.length);
  let total = 0;
  for (let i = 0; i < logits.length; i++) {
    total += Math.exp(logits[i]! / divisor - highest);
    totals[i] = total;
  }
  const token = temperature === 0 ? best : firstAbove(totals, random.uniform() * total);
  return { token, logp: logits[token]! / divisor - highest - Math.log(total) };
}

/** Index of the first of the ascending `totals` that is greater than `limit`, by bisection. */
function firstAbove(totals: Float64Array, limit: number): number {
  let [low, high] = [0, totals.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (totals[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
