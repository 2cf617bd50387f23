import type { Episode } from '../rollout/episode.ts';

/** A group of episodes: the tries of one task by one policy version. */
export type Group = readonly Episode[];

/**
 * Where actors and the learner meet: actors add groups, the learner takes them, oldest first. What has become too
 * stale (learner version minus behaviour version) is dropped.
 */
export class ReplayMemory {
  readonly #groups: Group[] = [];
  readonly #maxStaleness: number;

  constructor(maxStaleness: number) {
    this.#maxStaleness = maxStaleness;
  }

  add(groups: readonly Group[]): void {
    this.#groups.push(...groups);
  }

  /** All groups that a learner of this version may still learn from; they leave the memory. */
  take(learnerVersion: number): Group[] {
    const taken = this.#groups.splice(0);
    return taken.filter((group) => learnerVersion - group[0]!.policyVersion <= this.#maxStaleness);
  }
}
