/** A learner, a reference and episodes for a random tiny model. */
import type { Reward } from '../../../sandbox/reward.ts';
import { actionFeeds } from '../../../trainer/learn/batch.ts';
import { Learner, type LearnerOptions } from '../../../trainer/learn/learner.ts';
import { grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { loraShapes, newAdapter } from '../../../trainer/model/adapter.ts';
import { expectedWeights, type Weights } from '../../../trainer/model/weights.ts';
import { Scorer } from '../../../trainer/policy/scorer.ts';
import { Random } from '../../../trainer/random.ts';
import type { Episode } from '../../../trainer/rollout/episode.ts';
import { episode, step } from './episodes.ts';
import { randomTensors, tinyConfig, toWeights } from './tinyModel.ts';

const lora = { rank: 2, alpha: 4 };
export const weights = toWeights(randomTensors(expectedWeights(tinyConfig), 'weights'));

/** An adapter that changes the model already. */
export const randomAdapter = () => toWeights(randomTensors(loraShapes(tinyConfig, lora), 'adapter'));

/** An adapter as training starts from. */
export const freshAdapter = () => newAdapter(tinyConfig, lora, 1);

/** @param tensors the adapter; by default a random one for the options' model. */
export function createLearner(tensors?: Weights, options: Partial<LearnerOptions> = {}): Promise<Learner> {
  const { config = tinyConfig } = options;
  return Learner.create({
    config,
    weights,
    adapter: { lora, tensors: tensors ?? toWeights(randomTensors(loraShapes(config, lora), 'adapter')) },
    objective: grpo({ clipLow: 0.2, clipHigh: 0.2, beta: 0.05, kl: 'k3' }),
    actions: 'some',
    masks: 'group',
    threads: 1,
    ...options,
  });
}

/** The model with an adapter, which is given when scoring. */
export const createScorer = () => Scorer.create({ config: tinyConfig, weights, lora, threads: 1 });

/** The base model, which has no adapter. */
export const createReference = () => Scorer.create({ config: tinyConfig, weights, threads: 1 });

/** An episode of random tokens: for each step the number of tokens read and written. */
export function randomEpisode(
  steps: readonly (readonly [observed: number, written: number])[],
  result: Reward,
  group: string,
  ...keys: (string | number)[]
): Episode {
  const random = new Random('episode', group, ...keys);
  const tokens = (count: number) => Array.from({ length: count }, () => random.below(tinyConfig.vocabSize));
  return episode(
    steps.map(([observed, written]) => {
      const logp = Array.from({ length: written }, () => -2 - random.uniform());
      return step(tokens(observed), tokens(written), logp);
    }),
    result,
    group,
  );
}

/** The same episodes with the log-probabilities that the base model gives them, as if it had sampled them. */
export async function sampledByBase(episodes: readonly Episode[]): Promise<Episode[]> {
  await using scorer = await createReference();
  const scores = await scorer.score(actionFeeds(episodes, 1));
  let at = 0;
  return episodes.map((item) => {
    const steps = item.steps.map((one) => ({ ...one, logp: one.action.map(() => scores[at++]!) }));
    return { ...item, steps };
  });
}
