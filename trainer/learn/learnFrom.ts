/** One round of learning from groups of episodes: advantages, reference scores, optimizer steps. */
import { isLearnable } from '../../sandbox/reward.ts';
import type { Group } from '../memory/replayMemory.ts';
import type { Scorer } from '../policy/scorer.ts';
import { Random } from '../random.ts';
import type { Episode } from '../rollout/episode.ts';
import { groupAdvantages } from './advantages.ts';
import {
  actionFeeds,
  actionLength,
  type LossAverage,
  type TrainingEpisode,
  tokenWeights,
  trainingFeeds,
} from './batch.ts';
import { type EpisodeSize, sizeOf } from './episodeSize.ts';
import type { Learner } from './learner.ts';
import { stepBytes } from './memory.ts';
import { microBatches } from './microBatches.ts';

export interface LearnSettings {
  readonly temperature: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly minibatches: number;
  readonly gradientClip: number;
  readonly lossAverage: LossAverage;
  /** The constant length of Dr. GRPO's average: the most tokens that a completion can have. */
  readonly maxTokens: number;
  readonly divideByDeviation: boolean;
  readonly microBatchTokens: number;
  /** What one micro-batch may take beside the model, in megabytes. */
  readonly memoryMegabytes: number;
}

export interface Interruptible {
  readonly signal?: AbortSignal | undefined;
  /** Awaited before each micro-batch, so that work that is more urgent goes first. */
  readonly gate?: (() => Promise<void>) | undefined;
}

/** The advantage of each episode that has one; episodes that cheated, or whose sandbox failed, are masked. */
export function advantagesOf(groups: readonly Group[], divideByDeviation: boolean): Map<Episode, number> {
  const advantages = new Map<Episode, number>();
  for (const group of groups) {
    const rewards = group.map(({ reward }) => (isLearnable(reward) ? reward.value : undefined));
    for (const [i, advantage] of groupAdvantages(rewards, { divideByDeviation }).entries()) {
      if (advantage !== undefined) advantages.set(group[i]!, advantage);
    }
  }
  return advantages;
}

/**
 * Learns from `advantages`, in minibatches drawn anew each epoch by `seed`. Groups in which every try got the same
 * reward teach nothing and are left out. Answers the metrics, averaged over optimizer steps, and `stepMegabytes`, what
 * the largest micro-batch is estimated to take.
 */
export async function learnFrom(
  advantages: ReadonlyMap<Episode, number>,
  learner: Learner,
  reference: Scorer,
  settings: LearnSettings,
  seed: readonly (string | number)[],
  { signal, gate }: Interruptible = {},
): Promise<Record<string, number>> {
  const { temperature } = settings;
  const limits = {
    tokens: settings.microBatchTokens,
    memory: {
      bytes: settings.memoryMegabytes * 1e6,
      estimate: (episodes: readonly EpisodeSize[]) =>
        stepBytes(learner.config, episodes, learner.checkpointing),
    },
  };
  const teaching = new Set([...advantages].filter(([, a]) => a !== 0).map(([{ group }]) => group));
  const kept = [...advantages.keys()].filter(({ group }) => teaching.has(group));
  const scored: TrainingEpisode[] = [];
  for (const batch of microBatches(kept, sizeOf, limits)) {
    await gate?.();
    signal?.throwIfAborted();
    const scores = await reference.score(actionFeeds(batch, temperature));
    let start = 0;
    for (const episode of batch) {
      const end = start + actionLength(episode);
      const logpRef = [...scores.subarray(start, end)];
      scored.push({ episode, advantage: advantages.get(episode)!, logpRef });
      start = end;
    }
  }

  const sums: Record<string, number> = {};
  let stepMegabytes = 0;
  let steps = 0;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const order = new Random(...seed, epoch).shuffled(scored);
    const size = Math.ceil(order.length / settings.minibatches);
    for (let begin = 0; begin < order.length; begin += size) {
      const minibatch = order.slice(begin, begin + size);
      const episodes = minibatch.map(({ episode }) => episode);
      const weights = tokenWeights(episodes, settings.lossAverage, settings.maxTokens);
      for (const batch of microBatches(minibatch, ({ episode }) => sizeOf(episode), limits)) {
        await gate?.();
        signal?.throwIfAborted();
        stepMegabytes = Math.max(
          stepMegabytes,
          limits.memory.estimate(batch.map(({ episode }) => sizeOf(episode))) / 1e6,
        );
        const metrics = await learner.accumulate(trainingFeeds(batch, weights, temperature));
        for (const [name, value] of Object.entries(metrics)) sums[name] = (sums[name] ?? 0) + value;
      }
      const gradNorm = await learner.step(settings.learningRate, settings.gradientClip);
      sums.gradNorm = (sums.gradNorm ?? 0) + gradNorm;
      steps++;
    }
  }
  const means = Object.entries(sums).map(([name, sum]) => [name, sum / steps] as const);
  return { ...Object.fromEntries(means), stepMegabytes };
}
