import { describe, expect, test } from 'vitest';
import { choose } from '../../../trainer/policy/choose.ts';
import { Random } from '../../../trainer/random.ts';

const logits = Float32Array.of(1, -0.5, 2.25, 0, Number.NEGATIVE_INFINITY, 0.75);

/** Probabilities at a temperature, by the definition of the softmax. */
function softmax(temperature: number): number[] {
  const powers = [...logits].map((x) => Math.exp(x / temperature));
  const total = powers.reduce((sum, x) => sum + x, 0);
  return powers.map((x) => x / total);
}

describe('choosing a token', () => {
  test.each([0.5, 1, 2])(
    'follows the softmax at temperature %d, and reports its logarithm',
    (temperature) => {
      const random = new Random('choose', temperature);
      const expected = softmax(temperature);
      const draws = 40_000;
      const counts = expected.map(() => 0);
      for (let i = 0; i < draws; i++) {
        const { token, logp } = choose(Float32Array.from(expected), {}, random);
        counts[token]!++;
        expect(Math.abs(logp - Math.log(expected[token]!))).toBeLessThan(1e-6);
      }
      for (const [token, p] of expected.entries()) {
        expect(Math.abs(counts[token]! / draws - p)).toBeLessThanOrEqual(
          5 * Math.sqrt((p * (1 - p)) / draws),
        );
      }
    },
  );

  const probabilities = Float32Array.from(softmax(1));

  test('takes the likeliest where it is to be greedy, and the first of equally likely ones', () => {
    const { token, logp } = choose(probabilities, { greedy: true }, new Random(1));
    expect(token).toBe(2);
    expect(logp).toBeCloseTo(Math.log(softmax(1)[2]!), 6);
    expect(choose(Float32Array.of(0.2, 0.4, 0.4), { greedy: true }, new Random(1)).token).toBe(1);
  });

  test('is the same for the same random numbers', () => {
    const tokens = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => choose(probabilities, {}, random).token);
    };
    expect(tokens(1)).toEqual(tokens(1));
    expect(tokens(1)).not.toEqual(tokens(2));
  });

  test('never takes what is impossible, also where rounding leaves the total below 1', () => {
    for (const short of [Float32Array.of(0, 0.25, 0.25, 0), Float32Array.of(0.5, 0, 0)]) {
      const random = new Random(5);
      for (let i = 0; i < 200; i++) {
        expect(short[choose(short, {}, random).token]).toBeGreaterThan(0);
      }
    }
  });
});

describe('among the likeliest alone', () => {
  // From the likeliest down: tokens 2, 0, 4, 3, 1.
  const probabilities = Float32Array.of(0.25, 0.05, 0.4, 0.1, 0.2);
  test.each([
    { settings: { topK: 1 }, kept: [2] },
    { settings: { topK: 3 }, kept: [2, 0, 4] },
    { settings: { topK: 9 }, kept: [2, 0, 4, 3, 1] },
    { settings: { topP: 0.3 }, kept: [2] },
    { settings: { topP: 0.7 }, kept: [2, 0, 4] },
    { settings: { topP: 1 }, kept: [2, 0, 4, 3, 1] },
    { settings: { topK: 2, topP: 0.9 }, kept: [2, 0] },
    { settings: { topP: 0 }, kept: [2] },
  ])('$settings: $kept are drawn, in proportion', ({ settings, kept }) => {
    const random = new Random('few');
    const draws = 20_000;
    const counts = new Map<number, number>();
    for (let i = 0; i < draws; i++) {
      const { token, logp } = choose(probabilities, settings, random);
      expect(logp).toBe(Math.log(probabilities[token]!));
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([...kept].sort());
    const total = kept.reduce((sum, token) => sum + probabilities[token]!, 0);
    for (const token of kept) {
      const p = probabilities[token]! / total;
      expect(Math.abs(counts.get(token)! / draws - p)).toBeLessThanOrEqual(
        5 * Math.sqrt((p * (1 - p)) / draws),
      );
    }
  });
});
