/** Advantages of the episodes of one group: what each did better than the group. */

export interface AdvantageSettings {
  /** Whether to divide by the group's standard deviation, as the first GRPO paper does; by default not. */
  readonly divideByDeviation: boolean;
}

/**
 * Reward minus the group's mean (and, if asked, over the sample deviation plus 1e-4, as TRL does).
 * A masked episode (nothing instead of a reward) takes no part and gets nothing.
 */
export function groupAdvantages(
  rewards: readonly (number | undefined)[],
  { divideByDeviation }: AdvantageSettings = { divideByDeviation: false },
): (number | undefined)[] {
  const known = rewards.filter((reward) => reward !== undefined);
  // Summed from the first reward on, so that equal rewards have exactly that mean and advantages of exactly 0.
  const first = known[0] ?? 0;
  const mean = first + known.reduce((sum, reward) => sum + (reward - first), 0) / known.length;
  const squares = known.reduce((sum, reward) => sum + (reward - mean) ** 2, 0);
  const deviation = known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : 0;
  const divisor = divideByDeviation ? deviation + 1e-4 : 1;
  return rewards.map((reward) => (reward === undefined ? undefined : (reward - mean) / divisor));
}
