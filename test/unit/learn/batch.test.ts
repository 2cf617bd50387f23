/** Episodes as the padded tensors of a micro-batch. */
import { describe, expect, test } from 'vitest';
import type { TensorData } from '../../../trainer/graph/program.ts';
import { actionFeeds, tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { type EpisodeSize, sizeOf } from '../../../trainer/learn/episodeSize.ts';
import { layoutSize, tokensOf } from '../../../trainer/learn/groupLayout.ts';
import { stepBytes } from '../../../trainer/learn/memory.ts';
import { microBatches } from '../../../trainer/learn/microBatches.ts';
import { Random } from '../../../trainer/random.ts';
import type { Episode } from '../../../trainer/rollout/episode.ts';
import { episode, ofLength, step } from './episodes.ts';
import { tinyConfig } from './tinyModel.ts';

const single = episode([step([11, 12, 13], [14, 15], [-0.1, -0.2])]);
const sibling = episode([step([11, 12, 13], [16, 17, 18], [-0.6, -0.7, -0.8])]);
const several = episode([step([21], [22, 23], [-0.3, -0.4]), step([24, 25], [26], [-0.5])]);
const long = episode([step([11, 12, 13], Array<number>(20).fill(19))]);
const episodes = [single, several, sibling, long];

const numbers = ({ data }: TensorData) => [...data].map(Number);

/** What the token in place `at` sees, itself included: tokens and their positions, in the order of the positions. */
function seenFrom(feeds: Record<string, TensorData>, at: number): { tokens: number[]; positions: number[] } {
  const [tokens, positions] = [numbers(feeds.tokens!), numbers(feeds.positions!)];
  const [, , P] = feeds.prefixMask!.shape as [number, number, number];
  const [B, , S] = feeds.mask!.shape as [number, number, number];
  const G = feeds.members!.shape[1]!;
  const open = (mask: number[]) => [...mask.keys()].filter((column) => mask[column] === 0);
  let places: number[];
  if (at < G * P) {
    const first = at - (at % P);
    places = open(numbers(feeds.prefixMask!).slice(at * P, (at + 1) * P)).map((column) => first + column);
  } else {
    const own = at - G * P;
    const row = Math.floor(own / S);
    expect(row).toBeLessThan(B);
    const prompt = numbers(feeds.members!)
      .slice(row * G, (row + 1) * G)
      .indexOf(1);
    places = open(numbers(feeds.mask!).slice(own * (P + S), (own + 1) * (P + S))).map((column) =>
      column < P ? prompt * P + column : G * P + row * S + column - P,
    );
  }
  places.sort((a, b) => positions[a]! - positions[b]!);
  return {
    tokens: places.map((place) => tokens[place]!),
    positions: places.map((place) => positions[place]!),
  };
}

describe.each([true, false])('action tokens (prompts shared: %s)', (share) => {
  const feeds = actionFeeds(episodes, 0.7, share);

  test('are each predicted from all that came before in their episode, and nothing else', () => {
    const [rows, targets] = [numbers(feeds.rows!), numbers(feeds.targets!)];
    let action = 0;
    for (const { steps } of episodes) {
      const before: number[] = [];
      for (const { observation, action: written } of steps) {
        before.push(...observation);
        for (const token of written) {
          expect(targets[action]).toBe(token);
          expect(seenFrom(feeds, rows[action]!)).toEqual({ tokens: before, positions: [...before.keys()] });
          before.push(token);
          action++;
        }
      }
    }
    expect(action).toBe(28);
  });

  test('stand in tensors of a few sizes only', () => {
    for (const size of [feeds.targets!.shape[1]!, feeds.prefixMask!.shape[2]!, feeds.mask!.shape[2]!]) {
      expect(size % 16).toBe(0);
    }
    expect(numbers(feeds.temperature!)).toEqual([Math.fround(0.7)]);
  });

  test('that share a prompt read it once, if they may', () => {
    expect(feeds.members!.shape[1]).toBe(share ? 2 : 4);
    // The short continuations of one prompt stand in one row.
    expect(feeds.members!.shape[0]).toBe(share ? 2 : 4);
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
  const padded = (...list: number[]) => [...list, ...Array(16 - list.length).fill(0)].map(Math.fround);
  expect(numbers(feeds.weight!)).toEqual(padded(0.125, 0.125, 0.0625, 0.0625, 0.0625));
  expect(numbers(feeds.advantage!)).toEqual(padded(0.5, 0.5, -0.25, -0.25, -0.25));
  expect(numbers(feeds.logpOld!)).toEqual(padded(-0.1, -0.2, -0.3, -0.4, -0.5));
  expect(numbers(feeds.logpRef!)).toEqual(padded(-1, -2, -3, -4, -5));
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
  const items = [5, 60, 17, 2, 33, 40, 16, 90].map((length, i) =>
    episode([step(Array<number>(10 + (i % 3)).fill(1), Array<number>(length).fill(2))]),
  );
  const cut = (tokens: number) => microBatches(items, sizeOf, { tokens });

  test.each([1, 64, 200, 10_000])('of at most %d computed tokens hold every item once', (tokens) => {
    const batches = cut(tokens);
    expect(new Set(batches.flat())).toEqual(new Set(items));
    expect(batches.flat()).toHaveLength(items.length);
    for (const batch of batches) {
      const computed = actionFeeds(batch, 1).tokens!.shape[0]!;
      expect(batch.length === 1 || computed <= tokens).toBe(true);
    }
  });

  test('are one where there is room, one for each item where there is none, and none of nothing', () => {
    expect(cut(10_000)).toHaveLength(1);
    expect(cut(1)).toHaveLength(items.length);
    expect(microBatches([], sizeOf, { tokens: 100 })).toEqual([]);
  });

  test('stay within a memory budget, where that is the narrower limit', () => {
    const estimate = (batch: readonly EpisodeSize[]) => stepBytes(tinyConfig, batch);
    const bytes = 1.5 * estimate([sizeOf(items[7]!)]);
    const batches = microBatches(items, sizeOf, { tokens: 10_000, memory: { bytes, estimate } });
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.length).toBeLessThan(items.length);
    for (const batch of batches) expect(estimate(batch.map(sizeOf))).toBeLessThanOrEqual(bytes);
  });

  test('keep those together that share a prompt', () => {
    const prompts = cut(200).map((batch) => new Set(batch.map(({ steps }) => steps[0]!.observation.length)));
    expect(prompts.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(prompts.length + 3);
  });

  test('are those of taking one more item as long as it fits, found in few tries', () => {
    const random = new Random('many');
    const many = Array.from({ length: 3000 }, (_, at) => ({
      prompt: String(at % 7),
      promptTokens: 20 + (at % 7),
      continuationTokens: random.below(90),
      actionTokens: 1,
    }));
    let tried = 0;
    const bytes = 250;
    const estimate = (batch: readonly EpisodeSize[]) => {
      tried += batch.length;
      return batch.length;
    };
    const batches = microBatches(many, (item) => item, { tokens: 1e9, memory: { bytes, estimate } });
    expect(batches.map(({ length }) => length)).toEqual(Array<number>(12).fill(bytes));
    expect(tried).toBeLessThan(many.length * 2 * Math.log2(many.length));
    for (const tokens of [500, 5000]) {
      const computed = (batch: readonly EpisodeSize[]) => tokensOf(layoutSize(batch));
      const cut = microBatches(many, (item) => item, { tokens });
      for (const [at, batch] of cut.entries()) {
        expect(computed(batch)).toBeLessThanOrEqual(tokens);
        const next = cut[at + 1]?.[0];
        if (next) expect(computed([...batch, next])).toBeGreaterThan(tokens);
      }
    }
  });
});
