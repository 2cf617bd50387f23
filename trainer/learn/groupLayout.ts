/**
 * Where the tokens of a micro-batch stand: prompts that several episodes share are there once, and short continuations
 * stand one after the other in one row, kept apart by the mask.
 *
 * Axis letters as in `model/sharedPrefix.ts`: G prompts of up to P tokens, B rows of S tokens that continue them.
 */
import type { Episode } from '../rollout/episode.ts';
import { type EpisodeSize, sizeOf } from './episodeSize.ts';

/** One episode in the layout. */
export interface Placed {
  readonly episode: Episode;
  /** Its prompt, and the row and column where what follows begins. */
  readonly prompt: number;
  readonly row: number;
  readonly column: number;
  /** Tokens after the prompt that are read: all but the last, which nothing follows. */
  readonly continuation: readonly number[];
  /** Its action tokens; `at` is each one's position in the episode. */
  readonly actions: readonly { readonly token: number; readonly at: number; readonly logp: number }[];
}

/** How much room a micro-batch takes. */
export interface LayoutSize {
  /** G and B. */
  readonly promptCount: number;
  readonly rowCount: number;
  /** P and S, rounded up to a multiple of 16: a runtime is slow at a shape that it has not met. */
  readonly promptLength: number;
  readonly rowLength: number;
}

export interface GroupLayout extends LayoutSize {
  readonly prompts: readonly (readonly number[])[];
  /** The prompt that each row continues. */
  readonly rows: readonly number[];
  /** In the order of the episodes. */
  readonly placed: readonly Placed[];
}

export const roundUp = (n: number, multiple = 16) => Math.ceil(n / multiple) * multiple;

/** Lays out episodes; with `share` false, each has a prompt of its own. */
export function groupLayout(episodes: readonly Episode[], share = true): GroupLayout {
  const sizes = episodes.map(sizeOf);
  const own = (size: EpisodeSize, at: number) => ({ ...size, prompt: String(at) });
  const { firsts, rows, places, ...size } = place(share ? sizes : sizes.map(own));
  const prompts = firsts.map((at) => promptOf(episodes[at]!));
  const placed = episodes.map((episode, at) => ({ episode, ...places[at]!, ...afterPrompt(episode) }));
  return { ...size, prompts, rows, placed };
}

/** The size of that layout, without what stands in it. */
export function layoutSize(episodes: readonly EpisodeSize[]): LayoutSize {
  const { promptCount, rowCount, promptLength, rowLength } = place(episodes);
  return { promptCount, rowCount, promptLength, rowLength };
}

function place(episodes: readonly EpisodeSize[]) {
  const most = (lengths: Iterable<number>) => {
    let longest = 1;
    for (const length of lengths) longest = Math.max(longest, length);
    return roundUp(longest);
  };
  const lengths = episodes.map(({ continuationTokens }) => continuationTokens);
  const rowLength = most(lengths);
  /** The first episode with each prompt. */
  const firsts: number[] = [];
  const rows: number[] = [];
  const places: Pick<Placed, 'prompt' | 'row' | 'column'>[] = Array(episodes.length);
  for (const members of Map.groupBy(episodes.keys(), (at) => episodes[at]!.prompt).values()) {
    const prompt = firsts.push(members[0]!) - 1;
    const firstRow = rows.length;
    /** Columns in use, by row from `firstRow` on. */
    const used: number[] = [];
    // Longest first into the first row with room wastes little (first-fit decreasing).
    const longestFirst = members.toSorted((a, b) => lengths[b]! - lengths[a]!);
    // Where one found no room, the next that is as long finds none either.
    let [fit, before] = [0, Number.POSITIVE_INFINITY];
    for (const at of longestFirst) {
      const length = lengths[at]!;
      if (length < before) fit = 0;
      before = length;
      while (fit < used.length && used[fit]! + length > rowLength) fit++;
      if (fit === used.length) {
        used.push(0);
        rows.push(prompt);
      }
      places[at] = { prompt, row: firstRow + fit, column: used[fit]! };
      used[fit]! += length;
    }
  }
  const promptLength = most(firsts.map((at) => episodes[at]!.promptTokens));
  const size = { promptCount: firsts.length, rowCount: rows.length, promptLength, rowLength };
  return { firsts, rows, places, ...size };
}

/** Tokens that a micro-batch computes, padding included. */
export const tokensOf = ({ promptCount, rowCount, promptLength, rowLength }: LayoutSize): number =>
  promptCount * promptLength + rowCount * rowLength;

/** What an episode begins with: those that begin alike can share it. */
const promptOf = ({ steps }: Episode): readonly number[] => steps[0]!.observation;

function afterPrompt(episode: Episode): Pick<Placed, 'continuation' | 'actions'> {
  const continuation: number[] = [];
  const actions: { token: number; at: number; logp: number }[] = [];
  const promptLength = promptOf(episode).length;
  for (const [at, { observation, action, logp }] of episode.steps.entries()) {
    if (at > 0) continuation.push(...observation);
    for (const [i, token] of action.entries()) {
      actions.push({ token, at: promptLength + continuation.length, logp: logp[i]! });
      continuation.push(token);
    }
  }
  return { continuation: continuation.slice(0, -1), actions };
}
