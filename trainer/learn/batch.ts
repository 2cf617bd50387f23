/** Turns episodes into the padded tensors of one micro-batch. */
import type { TensorData } from '../graph/program.ts';
import type { Episode } from '../rollout/episode.ts';
import { causalMask, int64 } from './feeds.ts';

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

/** The tokens of an episode in the order they were read and written, and where its actions stand. */
function flatten(episode: Episode): { tokens: number[]; actions: number[]; logp: number[] } {
  const tokens: number[] = [];
  const actions: number[] = [];
  const logp: number[] = [];
  for (const step of episode.steps) {
    tokens.push(...step.observation);
    for (const [i, token] of step.action.entries()) {
      actions.push(tokens.length);
      logp.push(step.logp[i]!);
      tokens.push(token);
    }
  }
  return { tokens, actions, logp };
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

const roundUp = (n: number, multiple: number) => Math.ceil(n / multiple) * multiple;

/**
 * Graph inputs that name the action tokens of B episodes: tokens and positions [B, T], rows and targets [B, A].
 * T and A are rounded up to a multiple of 16, since a runtime is slow at a shape that it has not met.
 */
export function actionFeeds(episodes: readonly Episode[], temperature: number): Record<string, TensorData> {
  const sequences = episodes.map(flatten);
  const B = sequences.length;
  const T = roundUp(Math.max(...sequences.map(({ tokens }) => tokens.length)), 16);
  const A = roundUp(Math.max(...sequences.map(({ actions }) => actions.length)), 16);
  const action = (i: number) => sequences[Math.floor(i / A)]!.actions[i % A];
  return {
    tokens: int64([B, T], (i) => sequences[Math.floor(i / T)]!.tokens[i % T] ?? 0),
    positions: int64([B, T], (i) => i % T),
    mask: causalMask(T),
    rows: int64([B, A], (i) => Math.floor(i / A) * T + (action(i) ?? 1) - 1),
    targets: int64([B, A], (i) => sequences[Math.floor(i / A)]!.tokens[action(i) ?? -1] ?? 0),
    temperature: { shape: [], data: Float32Array.of(temperature) },
  };
}

/** All graph inputs of a micro-batch: those of `actionFeeds`, and what the objective reads, [B, A] each. */
export function trainingFeeds(
  batch: readonly TrainingEpisode[],
  weights: ReadonlyMap<Episode, number>,
  temperature: number,
): Record<string, TensorData> {
  const feeds = actionFeeds(
    batch.map(({ episode }) => episode),
    temperature,
  );
  const shape = feeds.targets!.shape;
  const A = shape[1]!;
  const perToken = (row: (item: TrainingEpisode) => (i: number) => number): TensorData => {
    const data = new Float32Array(batch.length * A);
    for (const [b, item] of batch.entries()) {
      const at = row(item);
      const length = item.logpRef.length;
      for (let i = 0; i < length; i++) data[b * A + i] = at(i);
    }
    return { shape, data };
  };
  return {
    ...feeds,
    weight: perToken(
      ({ episode }) =>
        () =>
          weights.get(episode)!,
    ),
    advantage: perToken(
      ({ advantage }) =>
        () =>
          advantage,
    ),
    logpRef: perToken(
      ({ logpRef }) =>
        (i) =>
          logpRef[i]!,
    ),
    logpOld: perToken(({ episode }) => {
      const { logp } = flatten(episode);
      return (i) => logp[i]!;
    }),
  };
}

/** Cuts items into micro-batches of at most `tokens` padded tokens, long ones with long ones. */
export function microBatches<T>(items: readonly T[], episodeOf: (item: T) => Episode, tokens: number): T[][] {
  const length = (item: T) =>
    episodeOf(item).steps.reduce(
      (sum, { observation, action }) => sum + observation.length + action.length,
      0,
    );
  const sorted = [...items].sort((a, b) => length(b) - length(a));
  const batches: T[][] = [];
  for (const item of sorted) {
    const last = batches.at(-1);
    // The first item of a batch is its longest.
    if (last && (last.length + 1) * roundUp(length(last[0]!), 16) <= tokens) last.push(item);
    else batches.push([item]);
  }
  return batches;
}
