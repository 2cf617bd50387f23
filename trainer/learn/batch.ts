/** Turns episodes into the tensors of one micro-batch. */
import type { TensorData } from '../graph/program.ts';
import type { Episode } from '../rollout/episode.ts';
import { blocked, int64 } from './feeds.ts';
import { type GroupLayout, groupLayout, type Placed, roundUp, tokensOf } from './groupLayout.ts';

/** How token losses are averaged over an optimizer step. */
export type LossAverage =
  /** Mean over sequences of each sequence's mean (GRPO as first published). */
  | 'sequence'
  /** Mean over all action tokens (DAPO). */
  | 'token'
  /** Sum over tokens, over sequences times a constant length (Dr. GRPO). */
  | 'constant';

/** An episode as the learner sees it. */
export interface TrainingEpisode {
  readonly episode: Episode;
  readonly advantage: number;
  /** Log-probability of each action token under the reference policy, over all steps in order. */
  readonly logpRef: readonly number[];
}

/** How many action tokens an episode has. */
export const actionLength = ({ steps }: Episode): number =>
  steps.reduce((sum, { action }) => sum + action.length, 0);

/** What one action token of each episode weighs, so that the weights of an optimizer step add up to its average. */
export function tokenWeights(
  episodes: readonly Episode[],
  average: LossAverage,
  constantLength: number,
): Map<Episode, number> {
  const lengths = episodes.map(actionLength);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return new Map(
    episodes.map((episode, i) => {
      if (average === 'token') return [episode, 1 / total];
      const length = average === 'sequence' ? lengths[i]! : constantLength;
      return [episode, 1 / (episodes.length * length)];
    }),
  );
}

/**
 * Graph inputs that name the action tokens of episodes, for a policy graph whose groups share their prompt. Action
 * tokens stand in one row [1, A], those of the first episode first, and A is rounded up.
 */
export function actionFeeds(
  episodes: readonly Episode[],
  temperature: number,
  share = true,
): Record<string, TensorData> {
  const layout = groupLayout(episodes, share);
  const { prompts, placed, promptLength: P, rowLength: S } = layout;
  const before = prompts.length * P;
  const N = tokensOf(layout);
  const tokens = new Int32Array(N);
  const positions = new Int32Array(N);
  for (const [g, prompt] of prompts.entries()) {
    tokens.set(prompt, g * P);
    for (let t = 0; t < P; t++) positions[g * P + t] = t;
  }
  for (const { prompt, row, column, continuation } of placed) {
    const at = before + row * S + column;
    tokens.set(continuation, at);
    for (let t = 0; t < continuation.length; t++) positions[at + t] = prompts[prompt]!.length + t;
  }
  /** Where the token stands that an action follows. */
  const rowBefore = ({ prompt, row, column }: Placed, position: number) => {
    const length = prompts[prompt]!.length;
    return position <= length ? prompt * P + position - 1 : before + row * S + column + position - 1 - length;
  };
  const actions = placed.flatMap((item) =>
    item.actions.map(({ token, at }) => ({ token, row: rowBefore(item, at) })),
  );
  const A = roundUp(actions.length);
  return {
    tokens: int64([N, 1], (i) => tokens[i]!),
    positions: int64([N, 1], (i) => positions[i]!),
    ...masks(layout),
    rows: int64([1, A], (i) => actions[i]?.row ?? 0),
    targets: int64([1, A], (i) => actions[i]?.token ?? 0),
    temperature: { shape: [], data: Float32Array.of(temperature) },
  };
}

function masks({ prompts, rows, placed, promptLength: P, rowLength: S }: GroupLayout) {
  const [G, B, seen] = [prompts.length, rows.length, P + S];
  const prefixMask = new Float32Array(G * P * P).fill(blocked);
  for (let g = 0; g < G; g++) {
    for (let t = 0; t < P; t++) prefixMask.fill(0, (g * P + t) * P, (g * P + t) * P + t + 1);
  }
  const mask = new Float32Array(B * S * seen).fill(blocked);
  // Padding sees itself, so that it is as finite as the rest.
  for (let i = 0; i < B * S; i++) mask[i * seen + P + (i % S)] = 0;
  for (const { prompt, row, column, continuation } of placed) {
    for (let t = column; t < column + continuation.length; t++) {
      const begin = (row * S + t) * seen;
      mask.fill(0, begin, begin + prompts[prompt]!.length);
      mask.fill(0, begin + P + column, begin + P + t + 1);
    }
  }
  const members = new Float32Array(B * G);
  for (const [row, prompt] of rows.entries()) members[row * G + prompt] = 1;
  return {
    prefixMask: { shape: [G, 1, P, P], data: prefixMask },
    mask: { shape: [B, 1, S, seen], data: mask },
    members: { shape: [B, G], data: members },
  };
}

/** All graph inputs of a micro-batch: those of `actionFeeds`, and what the objective reads, [1, A] each. */
export function trainingFeeds(
  batch: readonly TrainingEpisode[],
  weights: ReadonlyMap<Episode, number>,
  temperature: number,
  share = true,
): Record<string, TensorData> {
  const feeds = actionFeeds(
    batch.map(({ episode }) => episode),
    temperature,
    share,
  );
  const { shape } = feeds.targets!;
  const perToken = (of: (item: TrainingEpisode) => readonly number[]): TensorData => {
    const data = new Float32Array(shape[1]!);
    data.set(batch.flatMap(of));
    return { shape, data };
  };
  const constant = (of: (item: TrainingEpisode) => number) =>
    perToken((item) => item.logpRef.map(() => of(item)));
  return {
    ...feeds,
    weight: constant(({ episode }) => weights.get(episode)!),
    advantage: constant(({ advantage }) => advantage),
    logpRef: perToken(({ logpRef }) => logpRef),
    logpOld: perToken(({ episode }) => episode.steps.flatMap(({ logp }) => logp)),
  };
}
