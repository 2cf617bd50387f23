import { describe, expect, test } from 'vitest';
import { type Group, ReplayMemory } from '../../../trainer/memory/replayMemory.ts';
import { ofLength } from '../learn/episodes.ts';

/** A group of two tries by one version of the policy. */
const group = (policyVersion: number): Group => [1, 2].map((n) => ({ ...ofLength(n), policyVersion }));

describe('a replay memory', () => {
  test('gives groups back whole, oldest first, and once', () => {
    const memory = new ReplayMemory(10);
    const [a, b, c] = [group(3), group(4), group(4)];
    memory.add([a, b]);
    memory.add([c]);
    const taken = memory.take(4);
    expect(taken).toHaveLength(3);
    for (const [i, expected] of [a, b, c].entries()) expect(taken[i]).toBe(expected);
    expect(memory.take(4)).toEqual([]);
  });

  test('drops for good what is staler than it may be', () => {
    const memory = new ReplayMemory(1);
    const [old, recent, current] = [group(3), group(4), group(5)];
    memory.add([old, recent, current]);
    expect(memory.take(5)).toEqual([recent, current]);
    expect(memory.take(3)).toEqual([]);
  });

  test('with a staleness of 0 keeps only what the present version sampled', () => {
    const memory = new ReplayMemory(0);
    memory.add([group(0), group(1)]);
    expect(
      memory
        .take(1)
        .flat()
        .map(({ policyVersion }) => policyVersion),
    ).toEqual([1, 1]);
  });
});
