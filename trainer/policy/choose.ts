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
  let total = 0;
  for (let i = 0; i < logits.length; i++) total += Math.exp(logits[i]! / divisor - highest);
  const logNormalizer = highest + Math.log(total);
  if (temperature === 0) return { token: best, logp: logits[best]! - logNormalizer };

  let rest = random.uniform() * total;
  let token = best;
  for (let i = 0; i < logits.length; i++) {
    rest -= Math.exp(logits[i]! / divisor - highest);
    if (rest < 0) {
      token = i;
      break;
    }
  }
  return { token, logp: logits[token]! / divisor - logNormalizer };
}
