/** Loss and gradients of an optimizer step, however it is cut into micro-batches. */
import { describe, expect, test } from 'vitest';
import {
  type LossAverage,
  type TrainingEpisode,
  tokenWeights,
  trainingFeeds,
} from '../../../trainer/learn/batch.ts';
import { sizeOf } from '../../../trainer/learn/episodeSize.ts';
import type { Learner } from '../../../trainer/learn/learner.ts';
import { microBatches } from '../../../trainer/learn/microBatches.ts';
import { Random } from '../../../trainer/random.ts';
import { relativeError } from '../graph/ndarray.ts';
import { reward } from './episodes.ts';
import { createLearner, randomAdapter, randomEpisode } from './tinyLearner.ts';

/** Episodes of one step and of several, between 3 and 41 tokens long. */
const shapes = [
  [[2, 1]],
  [[5, 20]],
  [
    [3, 4],
    [2, 5],
  ],
  [[20, 21]],
  [
    [1, 2],
    [1, 1],
    [10, 3],
  ],
  [[4, 4]],
] as const;
const batch: TrainingEpisode[] = shapes.map((steps, i) => {
  const item = randomEpisode(steps, reward(i / 5), 'group', i);
  const random = new Random('reference', i);
  const logpRef = item.steps.flatMap(({ action }) => action.map(() => -2 - random.uniform()));
  return { episode: item, advantage: i / 5 - 0.5, logpRef };
});

/** Loss, metrics and gradients of the whole batch, cut into micro-batches of so many tokens. */
async function learn(learner: Learner, average: LossAverage, tokens: number, poison = false) {
  const weights = tokenWeights(
    batch.map(({ episode }) => episode),
    average,
    24,
  );
  const sums: Record<string, number> = {};
  for (const part of microBatches(batch, ({ episode }) => sizeOf(episode), { tokens })) {
    const feeds = trainingFeeds(part, weights, 0.8);
    if (poison) {
      const { data } = feeds.weight!;
      for (const name of ['logpOld', 'logpRef', 'advantage']) {
        const spoilt = feeds[name]!.data as Float32Array;
        const bad = [Number.NaN, -300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
        for (let i = 0; i < data.length; i++) if (data[i] === 0) spoilt[i] = bad[i % bad.length]!;
      }
    }
    for (const [name, value] of Object.entries(await learner.accumulate(feeds))) {
      sums[name] = (sums[name] ?? 0) + value;
    }
  }
  const gradients = [...learner.gradients.values()].flatMap((gradient) => [...gradient]);
  // A step of length 0 clears the gradients and leaves the parameters.
  await learner.step(0, Number.POSITIVE_INFINITY);
  return { sums, gradients };
}

describe('an optimizer step', () => {
  test.each(['sequence', 'token', 'constant'] as const)(
    'averaged by %s does not depend on the size of its micro-batches',
    async (average) => {
      await using learner = await createLearner(randomAdapter());
      const whole = await learn(learner, average, 1_000_000);
      expect(Math.hypot(...whole.gradients)).toBeGreaterThan(1e-3);
      for (const tokens of [1, 100]) {
        const parts = await learn(learner, average, tokens);
        expect(relativeError(parts.gradients, whole.gradients)).toBeLessThan(1e-5);
        for (const [name, value] of Object.entries(whole.sums)) {
          expect(Math.abs(parts.sums[name]! - value), name).toBeLessThan(
            1e-5 * Math.max(0.1, Math.abs(value)),
          );
        }
      }
    },
  );

  test('does not read what stands at padding, not even NaN or infinity', async () => {
    await using learner = await createLearner(randomAdapter());
    const clean = await learn(learner, 'token', 1_000_000);
    const poisoned = await learn(learner, 'token', 1_000_000, true);
    expect(poisoned).toEqual(clean);
  });

  test('gives observations no loss: only what is read before an action changes it', async () => {
    await using learner = await createLearner(randomAdapter());
    const losses = async (lastObservation: number) => {
      const steps = [
        { observation: [1, 2], action: [3, 4], logp: [-2, -2], stop: 'length' as const },
        { observation: [lastObservation], action: [], logp: [], stop: 'length' as const },
      ];
      const item = { ...batch[0]!.episode, steps };
      const weights = tokenWeights([item], 'token', 1);
      const { loss } = await learner.accumulate(
        trainingFeeds([{ episode: item, advantage: 1, logpRef: [-2, -2] }], weights, 1),
      );
      return loss;
    };
    expect(await losses(5)).toBe(await losses(9));
  });
});

describe('gradients that are not finite', () => {
  test('are dropped, and the parameters stay as they are', async () => {
    const adapter = randomAdapter();
    await using learner = await createLearner(adapter);
    const before = [...adapter.values()].map(({ data }) => [...data]);
    [...learner.gradients.values()][0]![0] = Number.NaN;
    expect(await learner.step(0.1, 1)).toBeNaN();
    expect([...adapter.values()].map(({ data }) => [...data])).toEqual(before);
    expect(learner.optimizer.steps).toBe(0);
    for (const gradient of learner.gradients.values()) expect(gradient.every((x) => x === 0)).toBe(true);
  });
});
