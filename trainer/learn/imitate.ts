/** Supervised fine-tuning on episodes that a person wrote or approved of, before any is sampled. */
import { Random } from '../random.ts';
import type { Episode } from '../rollout/episode.ts';
import { actionLength, tokenWeights, trainingFeeds } from './batch.ts';
import { type EpisodeSize, sizeOf } from './episodeSize.ts';
import type { Learner } from './learner.ts';
import type { Interruptible, LearnSettings } from './learnFrom.ts';
import { stepBytes } from './memory.ts';
import { microBatches } from './microBatches.ts';

/** Episodes of one optimizer step. */
const minibatch = 16;

export type ImitateSettings = Pick<
  LearnSettings,
  'learningRate' | 'gradientClip' | 'maxTokens' | 'microBatchTokens' | 'memoryMegabytes'
>;

/**
 * Passes over `episodes` so many times, in an order drawn anew each time by `seed`. The learner's objective is `sft`.
 *
 * @returns by pass, the mean loss in nats a token, as it was before each of the pass's optimizer steps.
 */
export async function imitate(
  episodes: readonly Episode[],
  epochs: number,
  learner: Learner,
  settings: ImitateSettings,
  seed: readonly (string | number)[],
  { signal, gate }: Interruptible = {},
): Promise<number[]> {
  const limits = {
    tokens: settings.microBatchTokens,
    memory: {
      bytes: settings.memoryMegabytes * 1e6,
      estimate: (batch: readonly EpisodeSize[]) => stepBytes(learner.config, batch, learner.checkpointing),
    },
  };
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = new Random(...seed, epoch).shuffled(episodes);
    let [sum, tokens] = [0, 0];
    for (let begin = 0; begin < order.length; begin += minibatch) {
      const step = order.slice(begin, begin + minibatch);
      const weights = tokenWeights(step, 'token', settings.maxTokens);
      const stepTokens = step.reduce((total, episode) => total + actionLength(episode), 0);
      for (const batch of microBatches(step, sizeOf, limits)) {
        await gate?.();
        signal?.throwIfAborted();
        const items = batch.map((episode) => ({
          episode,
          advantage: 0,
          logpRef: episode.steps.flatMap(({ logp }) => logp),
        }));
        // At temperature 1: what people write was not sampled.
        const { loss = 0 } = await learner.accumulate(trainingFeeds(items, weights, 1));
        sum += loss * stepTokens;
      }
      tokens += stepTokens;
      await learner.step(settings.learningRate, settings.gradientClip);
    }
    losses.push(sum / Math.max(1, tokens));
  }
  return losses;
}
