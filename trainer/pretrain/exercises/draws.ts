import { Random } from '../../random.ts';

/** Seeded random numbers with the draws that writing exercises needs. */
export class Draws extends Random {
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** One of the values, each as likely as the others. Throws a RangeError for an empty list. */
  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('A draw needs at least one value.');
    return values[this.below(values.length)]!;
  }
}
