/** Loss and gradients where a group's prompt is computed once, against each episode computed alone. */
import { expect, test } from 'vitest';
import { Program, type TensorData } from '../../../trainer/graph/program.ts';
import { actionFeeds, tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { causalMask, int64 } from '../../../trainer/learn/feeds.ts';
import { grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { trainingGraph } from '../../../trainer/learn/trainingGraph.ts';
import { rotaryTables } from '../../../trainer/model/rotary.ts';
import type { Episode } from '../../../trainer/rollout/episode.ts';
import { relativeError } from '../graph/ndarray.ts';
import { reward } from './episodes.ts';
import { randomAdapter, randomEpisode, weights } from './tinyLearner.ts';
import { tinyConfig } from './tinyModel.ts';

/** Groups of several tries of one step, one of several steps, and one alone. */
const groups: Episode[][] = [
  [3, 17, 1, 9].map((written, i) => randomEpisode([[7, written]], reward(i / 4), 'a', i)),
  [5, 20].map((written, i) => randomEpisode([[19, written]], reward(i), 'b', i)),
  [0, 1, 2].map((i) =>
    randomEpisode(
      [
        [4, 3],
        [2, 1 + i],
      ],
      reward(i / 2),
      'c',
      i,
    ),
  ),
  [randomEpisode([[1, 6]], reward(1), 'd')],
].map((group) => {
  const [{ observation }] = group[0]!.steps as [Episode['steps'][number]];
  return group.map((item) => ({
    ...item,
    steps: item.steps.map((step, at) => (at ? step : { ...step, observation })),
  }));
});
const batch = groups.flat().map((episode, i) => ({
  episode,
  advantage: i / 5 - 1,
  logpRef: episode.steps.flatMap(({ action }) => action.map((token) => -2 - token / 10)),
}));
const weightOf = tokenWeights(
  batch.map(({ episode }) => episode),
  'token',
  1,
);
const adapter = randomAdapter();

const compile = (masks: 'shared' | 'group') =>
  Program.compile(
    trainingGraph({
      config: tinyConfig,
      lora: { rank: 2, alpha: 4 },
      actions: 'some',
      masks,
      objective: grpo({ clipLow: 0.2, clipHigh: 0.2, beta: 0.05, kl: 'k3' }),
      trainable: [...adapter.keys()],
    }),
    { frozen: new Map([...weights].map(([name, { data }]) => [name, data])), threads: 1 },
  );

/** The episode as one plain sequence under a causal mask. */
function plainFeeds(item: (typeof batch)[number]): Record<string, TensorData> {
  const tokens: number[] = [];
  const rows: number[] = [];
  for (const { observation, action } of item.episode.steps) {
    tokens.push(...observation);
    for (const token of action) {
      rows.push(tokens.length - 1);
      tokens.push(token);
    }
  }
  const [T, A] = [tokens.length, rows.length];
  const { weight, advantage, logpOld, logpRef } = trainingFeeds([item], weightOf, 0.8);
  const first = ({ data }: TensorData) => ({ shape: [1, A], data: data.slice(0, A) as Float32Array });
  return {
    tokens: int64([1, T], (i) => tokens[i]!),
    positions: int64([1, T], (i) => i),
    mask: causalMask(T),
    rows: int64([1, A], (i) => rows[i]!),
    targets: int64([1, A], (i) => tokens[rows[i]! + 1]!),
    temperature: { shape: [], data: Float32Array.of(0.8) },
    weight: first(weight!),
    advantage: first(advantage!),
    logpOld: first(logpOld!),
    logpRef: first(logpRef!),
  };
}

/** Every output, summed over runs with each of `feeds`. */
async function sums(masks: 'shared' | 'group', feeds: readonly Record<string, TensorData>[]) {
  await using program = await compile(masks);
  const fixed = { ...rotaryTables(tinyConfig, tinyConfig.maxPositions), ...Object.fromEntries(adapter) };
  const total: Record<string, number[]> = {};
  for (const one of feeds) {
    for (const [name, { data }] of Object.entries(await program.run<string>({ ...fixed, ...one }))) {
      total[name] = [...(data as Float32Array)].map((x, i) => x + (total[name]?.[i] ?? 0));
    }
  }
  return total;
}

test('sharing prompts changes neither the loss, nor the metrics, nor any gradient', async () => {
  const alone = await sums('shared', batch.map(plainFeeds));
  for (const share of [true, false]) {
    const together = await sums('group', [trainingFeeds(batch, weightOf, 0.8, share)]);
    expect(Object.keys(together)).toEqual(Object.keys(alone));
    for (const [name, expected] of Object.entries(alone)) {
      expect(Math.hypot(...expected), name).toBeGreaterThan(1e-6);
      expect(relativeError(together[name]!, expected), name).toBeLessThan(1e-4);
    }
  }
});

test('the prompts of a group are there once', () => {
  const computed = (share: boolean) =>
    actionFeeds(
      batch.map(({ episode }) => episode),
      1,
      share,
    ).tokens!.shape[0]!;
  expect(computed(true)).toBeLessThan(0.6 * computed(false));
});
