/** Episodes as the padded tensors of a micro-batch. */
import { describe, expect, test } from 'vitest';
import type { TensorData } from '../../../trainer/graph/program.ts';
import { actionFeeds, microBatches, tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import type { Episode } from '../../../trainer/rollout/episode.ts';
import { episode, ofLength, step } from './episodes.ts';

/** The rows of a matrix as plain numbers. */
function rows({ shape, data }: TensorData): number[][] {
  const width = shape[1]!;
  return Array.from({ length: shape[0]! }, (_, row) =>
    [...data.slice(row * width, (row + 1) * width)].map(Number),
  );
}

const single = episode([step([11, 12, 13], [14, 15], [-0.1, -0.2])]);
const several = episode([step([21], [22, 23], [-0.3, -0.4]), step([24, 25], [26], [-0.5])]);

describe('action tokens', () => {
  const feeds = actionFeeds([single, several], 0.7);

  test('are told by the row of the token before each of them', () => {
    const T = feeds.tokens!.shape[1]!;
    const tokens = rows(feeds.tokens!);
    expect(tokens[0]!.slice(0, 5)).toEqual([11, 12, 13, 14, 15]);
    expect(tokens[1]!.slice(0, 6)).toEqual([21, 22, 23, 24, 25, 26]);
    expect(rows(feeds.rows!)[0]!.slice(0, 2)).toEqual([2, 3]);
    // The second episode's observations 24 and 25 are read, but are no actions.
    expect(rows(feeds.rows!)[1]!.slice(0, 3)).toEqual([T, T + 1, T + 4]);
    expect(rows(feeds.targets!)[0]!.slice(0, 2)).toEqual([14, 15]);
    expect(rows(feeds.targets!)[1]!.slice(0, 3)).toEqual([22, 23, 26]);
  });

  test('stand in tensors of a few sizes only, with padding that is a token of the vocabulary', () => {
    for (const name of ['tokens', 'targets', 'rows']) expect(feeds[name]!.shape[1]! % 16).toBe(0);
    const [B, T] = feeds.tokens!.shape as [number, number];
    for (const row of rows(feeds.rows!).flat()) expect(row).toSatisfy((x: number) => x >= 0 && x < B * T);
    for (const token of [...rows(feeds.tokens!), ...rows(feeds.targets!)].flat()) {
      expect(token).toSatisfy((x: number) => x === 0 || (x > 10 && x < 27));
    }
    expect(rows(feeds.positions!)[1]).toEqual(Array.from({ length: T }, (_, t) => t));
    expect([...feeds.temperature!.data]).toEqual([Math.fround(0.7)]);
  });

  test('see themselves and what came before, never what follows', () => {
    const { shape, data } = feeds.mask!;
    const T = shape[2]!;
    expect(shape).toEqual([1, 1, T, T]);
    for (let row = 0; row < T; row++) {
      for (let column = 0; column < T; column++) {
        expect((data[row * T + column] as number) < -1e8).toBe(column > row);
      }
    }
  });
});

test('what the objective reads stands at the action tokens, and 0 at padding', () => {
  const batch = [
    { episode: single, advantage: 0.5, logpRef: [-1, -2] },
    { episode: several, advantage: -0.25, logpRef: [-3, -4, -5] },
  ];
  const weights = new Map<Episode, number>([
    [single, 0.125],
    [several, 0.0625],
  ]);
  const feeds = trainingFeeds(batch, weights, 1);
  const padded = (...numbers: number[]) =>
    [...numbers, ...Array(16 - numbers.length).fill(0)].map(Math.fround);
  expect(rows(feeds.weight!)).toEqual([padded(0.125, 0.125), padded(0.0625, 0.0625, 0.0625)]);
  expect(rows(feeds.advantage!)).toEqual([padded(0.5, 0.5), padded(-0.25, -0.25, -0.25)]);
  expect(rows(feeds.logpOld!)).toEqual([padded(-0.1, -0.2), padded(-0.3, -0.4, -0.5)]);
  expect(rows(feeds.logpRef!)).toEqual([padded(-1, -2), padded(-3, -4, -5)]);
});

describe('token weights', () => {
  const lengths = [1, 3, 4];
  const episodes = lengths.map(ofLength);
  const sums = (average: 'sequence' | 'token' | 'constant') => {
    const weights = tokenWeights(episodes, average, 10);
    return episodes.map((item, i) => weights.get(item)! * lengths[i]!);
  };

  test('give every sequence the same say, or every token, or every token over a constant', () => {
    for (const share of sums('sequence')) expect(share).toBeCloseTo(1 / 3, 12);
    for (const [i, share] of sums('token').entries()) expect(share).toBeCloseTo(lengths[i]! / 8, 12);
    for (const [i, share] of sums('constant').entries()) expect(share).toBeCloseTo(lengths[i]! / 30, 12);
  });

  test('count the actions of all steps', () => {
    expect(tokenWeights([several], 'sequence', 10).get(several)).toBeCloseTo(1 / 3, 12);
  });
});

describe('micro-batches', () => {
  const episodes = [5, 60, 17, 2, 33, 40, 16, 90].map(ofLength);
  const lengthOf = (item: Episode) => item.steps[0]!.observation.length + item.steps[0]!.action.length;
  const cut = (tokens: number) => microBatches(episodes, (item) => item, tokens);

  test.each([1, 64, 200, 10_000])('of at most %d padded tokens hold every item once', (tokens) => {
    const batches = cut(tokens);
    expect(new Set(batches.flat())).toEqual(new Set(episodes));
    expect(batches.flat()).toHaveLength(episodes.length);
    for (const batch of batches) {
      const padded = Math.ceil(Math.max(...batch.map(lengthOf)) / 16) * 16;
      expect(batch.length === 1 || batch.length * padded <= tokens).toBe(true);
    }
  });

  test('are one where there is room, one for each item where there is none, and none of nothing', () => {
    expect(cut(10_000)).toHaveLength(1);
    expect(cut(1)).toHaveLength(episodes.length);
    expect(microBatches([], (item: Episode) => item, 100)).toEqual([]);
  });
});
