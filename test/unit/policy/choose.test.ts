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
        const { token, logp } = choose(logits, temperature, random);
        counts[token]!++;
        expect(Math.abs(logp - Math.log(expected[token]!))).toBeLessThan(1e-9);
      }
      for (const [token, p] of expected.entries()) {
        expect(Math.abs(counts[token]! / draws - p)).toBeLessThanOrEqual(
          5 * Math.sqrt((p * (1 - p)) / draws),
        );
      }
    },
  );

  test('takes the likeliest at temperature 0, with its probability at temperature 1', () => {
    const { token, logp } = choose(logits, 0, new Random(1));
    expect(token).toBe(2);
    expect(logp).toBeCloseTo(Math.log(softmax(1)[2]!), 9);
  });

  test('takes the first of equally likely tokens at temperature 0', () => {
    expect(choose(Float32Array.of(1, 3, 3), 0, new Random(1)).token).toBe(1);
  });

  test('is the same for the same random numbers', () => {
    const tokens = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => choose(logits, 1, random).token);
    };
    expect(tokens(1)).toEqual(tokens(1));
    expect(tokens(1)).not.toEqual(tokens(2));
  });

  test('stands logits of any size', () => {
    for (const offset of [1e4, -1e4]) {
      const { token, logp } = choose(Float32Array.of(offset, offset + 2, offset), 0, new Random(1));
      expect(token).toBe(1);
      expect(logp).toBeCloseTo(2 - Math.log(Math.exp(2) + 2), 6);
    }
    expect(choose(Float32Array.of(0, 1000), 0.01, new Random(1))).toEqual({ token: 1, logp: 0 });
  });
});
