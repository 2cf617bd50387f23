import type { Value } from '../graph/graph.ts';
import { lessOrEqual, mul, reduceSum, select } from '../graph/ops.ts';

/**
 * The tensors that objectives are written over, all [B, A]: B sequences, A action tokens each, padded. All are 0 where
 * there is padding.
 */
export interface ObjectiveBatch {
  /** Log-probability of each action token under the current policy. */
  readonly logp: Value;
  /** The same under the behaviour policy that sampled it. */
  readonly logpOld: Value;
  /** The same under the reference policy, the KL anchor. */
  readonly logpRef: Value;
  readonly advantage: Value;
  /**
   * What each token counts for: one over the loss's denominator, and 0 for padding. The denominator is counted over
   * the whole optimizer step, so that the loss does not depend on how the step is cut into micro-batches.
   */
  readonly weight: Value;
}

/** A loss (one number), and numbers to watch; both are sums over tokens, and so add up over micro-batches. */
export interface ObjectiveResult {
  readonly loss: Value;
  readonly metrics: Readonly<Record<string, Value>>;
}

/** One training objective, written as graph over a batch. */
export type Objective = (batch: ObjectiveBatch) => ObjectiveResult;

/**
 * `x` where a token weighs something, 0 where it weighs nothing, whatever stands there. To be applied before anything is
 * computed: a gradient of 0 that meets an infinity on its way back is no longer 0.
 */
export function whereCounted(x: Value, weight: Value): Value {
  const zero = x.graph.constant([0], []);
  return select(lessOrEqual(mul(weight, weight), zero), zero, x);
}

/** `Σ weight · x`. */
export function weightedSum(x: Value, weight: Value): Value {
  return reduceSum(mul(whereCounted(x, weight), weight));
}
