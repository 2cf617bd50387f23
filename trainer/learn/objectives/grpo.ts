import type { Value } from '../../graph/graph.ts';
import { add, clip, exp, lessOrEqual, minimum, mul, neg, scale, select, sub } from '../../graph/ops.ts';
import { type Objective, weightedSum } from '../objective.ts';

/** Estimators of KL(policy ‖ reference) from samples of the policy (Schulman, 2020). */
export type KlEstimator = 'k1' | 'k2' | 'k3';

export interface GrpoSettings {
  /** The ratio is clipped to [1 - clipLow, 1 + clipHigh]. */
  readonly clipLow: number;
  readonly clipHigh: number;
  /** Weight of the KL to the reference policy. */
  readonly beta: number;
  readonly kl: KlEstimator;
  /**
   * Whether the KL is multiplied by the ratio, as an estimate from the behaviour policy's samples has to be once the
   * policy has moved away from it. By default not.
   */
  readonly klCorrected?: boolean;
}

/** Per-token estimate of KL(policy ‖ reference); k3 is `exp(ref - logp) - (ref - logp) - 1`. */
export function klEstimate(kind: KlEstimator, logp: Value, logpRef: Value): Value {
  const difference = sub(logp, logpRef);
  switch (kind) {
    case 'k1':
      return difference;
    case 'k2':
      return scale(mul(difference, difference), 0.5);
    case 'k3':
      return sub(add(exp(neg(difference)), difference), logp.graph.constant([1], []));
  }
}

/**
 * GRPO (Shao et al., 2024): per token, the clipped surrogate of PPO with the group's advantage, minus `beta` times
 * the KL to the reference.
 *
 *     -min(ratio · advantage, clip(ratio) · advantage) + beta · KL,    ratio = exp(logp - logpOld)
 */
export function grpo({ clipLow, clipHigh, beta, kl, klCorrected = false }: GrpoSettings): Objective {
  return ({ logp, logpOld, logpRef, advantage, weight }) => {
    const ratio = exp(sub(logp, logpOld));
    const clipped = clip(ratio, 1 - clipLow, 1 + clipHigh);
    const surrogate = minimum(mul(ratio, advantage), mul(clipped, advantage));
    const estimate = klEstimate(kl, logp, logpRef);
    const divergence = klCorrected ? mul(ratio, estimate) : estimate;
    const { graph } = logp;
    const [one, zero] = [graph.constant([1], []), graph.constant([0], [])];
    // A token is clipped when the clipped term is the smaller one: its gradient is gone.
    const kept = lessOrEqual(mul(ratio, advantage), mul(clipped, advantage));
    return {
      loss: weightedSum(add(neg(surrogate), scale(divergence, beta)), weight),
      metrics: {
        kl: weightedSum(klEstimate('k3', logp, logpRef), weight),
        ratio: weightedSum(ratio, weight),
        clipped: weightedSum(select(kept, zero, one), weight),
      },
    };
  };
}
