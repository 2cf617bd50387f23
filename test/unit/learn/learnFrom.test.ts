/** One round of learning from groups of episodes. */
import { describe, expect, test } from 'vitest';
import { actionFeeds } from '../../../trainer/learn/batch.ts';
import { advantagesOf, type LearnSettings, learnFrom } from '../../../trainer/learn/learnFrom.ts';
import type { Group } from '../../../trainer/memory/replayMemory.ts';
import type { Weights } from '../../../trainer/model/weights.ts';
import { relativeError } from '../graph/ndarray.ts';
import { reward } from './episodes.ts';
import {
  createLearner,
  createReference,
  createScorer,
  freshAdapter,
  randomAdapter,
  randomEpisode,
  sampledByBase,
} from './tinyLearner.ts';

const settings: LearnSettings = {
  temperature: 1,
  learningRate: 0.02,
  epochs: 1,
  minibatches: 1,
  gradientClip: 1,
  lossAverage: 'token',
  maxTokens: 16,
  divideByDeviation: false,
  microBatchTokens: 1000,
  memoryMegabytes: 1000,
};

const numbers = (adapter: Weights) => [...adapter.values()].flatMap(({ data }) => [...data]);

/** Two groups of tries, each with its rewards, as the base model would have sampled them. */
async function groups(...rewards: (readonly number[])[]): Promise<Group[]> {
  const episodes = rewards.map((values, g) =>
    values.map((value, i) => randomEpisode([[3 + g, 2 + i]], reward(value), `group ${g}`, i)),
  );
  const sampled = await sampledByBase(episodes.flat());
  return episodes.map((group) => sampled.splice(0, group.length));
}

/** Learns from the groups and answers what that changed. */
async function learn(
  given: readonly Group[],
  changed: Partial<LearnSettings> = {},
  adapter = freshAdapter(),
) {
  await using learner = await createLearner(adapter);
  await using reference = await createReference();
  const before = numbers(adapter);
  const advantages = advantagesOf(given, false);
  const metrics = await learnFrom(advantages, learner, reference, { ...settings, ...changed }, [7]);
  return { metrics, before, after: numbers(adapter), steps: learner.optimizer.steps };
}

describe('with nothing to learn from', () => {
  const cases: [string, () => Promise<Group[]>][] = [
    ['no groups', async () => []],
    ['an empty group', async () => [[]]],
    ['a group of one', () => groups([0.4])],
    ['equal rewards', () => groups([1 / 3, 1 / 3, 1 / 3], [0, 0])],
    [
      'a sandbox that failed every time',
      async () => [[1, 2].map((i) => randomEpisode([[2, 2]], reward(0, 'infrastructure'), 'g', i))],
    ],
  ];
  test.each(cases)('(%s) nothing changes, and no metric is NaN', async (_, make) => {
    const { metrics, before, after, steps } = await learn(await make(), { minibatches: 3, epochs: 2 });
    expect(Object.values(metrics).every(Number.isFinite)).toBe(true);
    expect(after).toEqual(before);
    expect(steps).toBe(0);
  });
});

describe('learning', () => {
  test('is on-policy at first: the ratio is 1, the KL and the loss are 0, and the gradient is not', async () => {
    const { metrics } = await learn(await groups([1, 0, 0, 1]), { lossAverage: 'sequence' });
    expect(metrics.ratio).toBeCloseTo(1, 5);
    expect(metrics.kl).toBeCloseTo(0, 5);
    expect(metrics.clipped).toBe(0);
    expect(metrics.loss).toBeCloseTo(0, 5);
    expect(metrics.gradNorm).toBeGreaterThan(1e-3);
    expect(metrics.entropy).toBeGreaterThan(0);
    expect(metrics.entropy).toBeLessThan(Math.log(11));
  });

  test('makes what was rewarded likelier, and the rest less likely', async () => {
    const [group] = await groups([1, 0]);
    const adapter = freshAdapter();
    await using learner = await createLearner(adapter);
    await using reference = await createReference();
    for (let round = 0; round < 5; round++) {
      await learnFrom(advantagesOf([group!], false), learner, reference, settings, [round]);
    }
    await using tuned = await createScorer();
    const [better, worse] = group!;
    for (const [item, sign] of [
      [better!, 1],
      [worse!, -1],
    ] as const) {
      const { action, logp } = item.steps[0]!;
      const scores = (await tuned.score(actionFeeds([item], 1), adapter)).subarray(0, action.length);
      const sum = (list: Iterable<number>) => [...list].reduce((total, x) => total + x, 0);
      expect(sign * (sum(scores) - sum(logp))).toBeGreaterThan(0.01);
    }
  });

  test('takes one optimizer step a minibatch and epoch', async () => {
    const given = await groups([1, 0, 0, 1], [0, 1]);
    expect((await learn(given, { minibatches: 3, epochs: 2 })).steps).toBe(6);
    expect((await learn(given, { minibatches: 100 })).steps).toBe(6);
  });

  test('leaves out groups of equal rewards, but keeps a try whose reward is just the mean of its group', async () => {
    const [first, second] = await groups([0, 0.5, 1], [1, 1]);
    const both = await learn([first!, second!], {}, randomAdapter());
    const one = await learn([first!], {}, randomAdapter());
    const without = await learn([[first![0]!, first![2]!]], {}, randomAdapter());
    expect(both.after).toEqual(one.after);
    expect(one.after).not.toEqual(without.after);
  });

  test('does not depend on the size of micro-batches, and the same seed gives the same weights', async () => {
    const given = await groups([1, 0, 0, 1, 0.5], [0, 1, 1]);
    const options = { minibatches: 2, epochs: 2 };
    const whole = await learn(given, options, randomAdapter());
    const again = await learn(given, options, randomAdapter());
    const parts = await learn(given, { ...options, microBatchTokens: 1 }, randomAdapter());
    const change = (result: typeof whole) => result.after.map((x, i) => x - result.before[i]!);
    expect(again.after).toEqual(whole.after);
    expect(relativeError(change(parts), change(whole))).toBeLessThan(1e-3);
  });

  test('stops where its signal says so', async () => {
    const given = await groups([1, 0]);
    await using learner = await createLearner(freshAdapter());
    await using reference = await createReference();
    const aborted = learnFrom(advantagesOf(given, false), learner, reference, settings, [1], {
      signal: AbortSignal.abort(),
    });
    await expect(aborted).rejects.toThrow('aborted');
  });
});
