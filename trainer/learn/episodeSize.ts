/** What of an episode decides how much room it takes: enough to lay out and cut up steps that do not exist yet. */
import type { Episode } from '../rollout/episode.ts';

export interface EpisodeSize {
  /** Equal where episodes begin alike, and can share what they begin with. */
  readonly prompt: string;
  readonly promptTokens: number;
  /** Tokens after the prompt that are read: all but the last, which nothing follows. */
  readonly continuationTokens: number;
  readonly actionTokens: number;
}

const sizes = new WeakMap<Episode, EpisodeSize>();

/** Asked for again and again, as parts of a step are tried. */
export function sizeOf(episode: Episode): EpisodeSize {
  const known = sizes.get(episode);
  if (known) return known;
  const [first, ...rest] = episode.steps;
  const { observation: prompt } = first!;
  const actionTokens = episode.steps.reduce((sum, { action }) => sum + action.length, 0);
  const observed = rest.reduce((sum, { observation }) => sum + observation.length, 0);
  const size = {
    prompt: prompt.join(),
    promptTokens: prompt.length,
    continuationTokens: Math.max(0, observed + actionTokens - 1),
    actionTokens,
  };
  sizes.set(episode, size);
  return size;
}
