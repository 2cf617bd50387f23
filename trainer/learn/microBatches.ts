/** Cuts what is learnt from in one optimizer step into what is computed at once. */
import type { EpisodeSize } from './episodeSize.ts';
import { layoutSize, tokensOf } from './groupLayout.ts';

/** What bounds a micro-batch. */
export interface MicroBatchLimits {
  /** Most tokens computed at once, padding included. */
  readonly tokens: number;
  /** Most bytes, by an estimate of them. */
  readonly memory?: {
    readonly bytes: number;
    readonly estimate: (episodes: readonly EpisodeSize[]) => number;
  };
}

/**
 * Cuts items into micro-batches within the limits, as long as one item is, those that share a prompt together, long
 * prompts with long ones.
 */
export function microBatches<T>(
  items: readonly T[],
  sizeOf: (item: T) => EpisodeSize,
  { tokens, memory }: MicroBatchLimits,
): T[][] {
  const groups = Map.groupBy(items, (item) => sizeOf(item).prompt);
  const lengthOf = (group: readonly T[]) => sizeOf(group[0]!).promptTokens;
  const sorted = [...groups.values()].sort((a, b) => lengthOf(b) - lengthOf(a)).flat();
  const within = (begin: number, end: number) => {
    const episodes = sorted.slice(begin, end).map(sizeOf);
    return tokensOf(layoutSize(episodes)) <= tokens && (!memory || memory.estimate(episodes) <= memory.bytes);
  };
  const batches: T[][] = [];
  for (let begin = 0, end = 0; begin < sorted.length; begin = end) {
    end = begin + 1;
    // Twice as far each time until it is too far, then halfway between: each try lays out a whole batch.
    for (let [step, tooFar] = [1, sorted.length + 1]; end + 1 < tooFar; step *= 2) {
      const tried = tooFar > sorted.length ? Math.min(end + step, sorted.length) : (end + tooFar) >> 1;
      if (within(begin, tried)) end = tried;
      else tooFar = tried;
    }
    batches.push(sorted.slice(begin, end));
  }
  return batches;
}
