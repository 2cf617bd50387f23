/**
 * Where the tokens of a micro-batch stand: prompts that several episodes share are there once, and short continuations
 * stand one after the other in one row, kept apart by the mask.
 *
 * Axis letters as in `model/sharedPrefix.ts`: G prompts of up to P tokens, B rows of S tokens that continue them.
 */
import type { Episode } from '../rollout/episode.ts';

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

export interface GroupLayout {
  readonly prompts: readonly (readonly number[])[];
  /** The prompt that each row continues. */
  readonly rows: readonly number[];
  /** In the order of the episodes. */
  readonly placed: readonly Placed[];
  /** P and S, rounded up to a multiple of 16: a runtime is slow at a shape that it has not met. */
  readonly promptLength: number;
  readonly rowLength: number;
}

export const roundUp = (n: number, multiple = 16) => Math.ceil(n / multiple) * multiple;

/** What an episode begins with: those that begin alike can share it. */
const promptOf = ({ steps }: Episode): readonly number[] => steps[0]!.observation;

/** Lays out episodes; with `share` false, each has a prompt of its own. */
export function groupLayout(episodes: readonly Episode[], share = true): GroupLayout {
  const sequences = episodes.map((episode) => ({
    episode,
    prompt: promptOf(episode),
    ...afterPrompt(episode),
  }));
  const rowLength = roundUp(Math.max(1, ...sequences.map(({ continuation }) => continuation.length)));
  const prompts: (readonly number[])[] = [];
  const rows: number[] = [];
  const placed = new Map<Episode, Placed>();
  const byPrompt = Map.groupBy(sequences.keys(), (at) => (share ? sequences[at]!.prompt.join() : String(at)));
  for (const members of byPrompt.values()) {
    const prompt = prompts.push(sequences[members[0]!]!.prompt) - 1;
    const firstRow = rows.length;
    /** Columns in use, by row from `firstRow` on. */
    const used: number[] = [];
    // Longest first into the first row with room wastes little (first-fit decreasing).
    const longestFirst = members.toSorted(
      (a, b) => sequences[b]!.continuation.length - sequences[a]!.continuation.length,
    );
    for (const at of longestFirst) {
      const { episode, continuation, actions } = sequences[at]!;
      let fit = used.findIndex((columns) => columns + continuation.length <= rowLength);
      if (fit < 0) {
        fit = used.push(0) - 1;
        rows.push(prompt);
      }
      const column = used[fit]!;
      used[fit] = column + continuation.length;
      placed.set(episode, { episode, prompt, row: firstRow + fit, column, continuation, actions });
    }
  }
  return {
    prompts,
    rows,
    placed: episodes.map((episode) => placed.get(episode)!),
    promptLength: roundUp(Math.max(...prompts.map(({ length }) => length))),
    rowLength,
  };
}

/** Tokens that a micro-batch computes, padding included. */
export const tokensOf = ({ prompts, rows, promptLength, rowLength }: GroupLayout): number =>
  prompts.length * promptLength + rows.length * rowLength;

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
