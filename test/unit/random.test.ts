import { describe, expect, test } from 'vitest';
import { Random } from '../../trainer/random.ts';

const count = 100_000;
const draws = (draw: () => number) => Array.from({ length: count }, draw);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const moment = (numbers: readonly number[], power: number) => mean(numbers.map((x) => x ** power));

describe('uniform numbers', () => {
  const random = new Random('uniform');
  const numbers = draws(() => random.uniform());

  test('have the moments of the uniform distribution on [0, 1)', () => {
    expect(Math.min(...numbers.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers.slice(0, 50_000))).toBeLessThan(1);
    // Five standard errors: the k-th moment is 1/(k+1), its variance 1/(2k+1) - 1/(k+1)².
    for (const k of [1, 2, 3, 4]) {
      const error = Math.sqrt((1 / (2 * k + 1) - 1 / (k + 1) ** 2) / count);
      expect(Math.abs(moment(numbers, k) - 1 / (k + 1))).toBeLessThan(5 * error);
    }
  });

  test('do not depend on the number before', () => {
    const products = numbers.slice(1).map((x, i) => (x - 0.5) * (numbers[i]! - 0.5));
    expect(Math.abs(mean(products))).toBeLessThan(5 / 12 / Math.sqrt(count));
  });
});

test('normal numbers have the moments of the standard normal distribution', () => {
  const random = new Random('normal');
  const numbers = draws(() => random.normal());
  // Moments 0, 1, 0, 3 and the variances of their estimates 1, 2, 15, 96.
  for (const [i, [expected, variance]] of [
    [0, 1],
    [1, 2],
    [0, 15],
    [3, 96],
  ].entries()) {
    const error = Math.sqrt(variance! / count);
    expect(Math.abs(moment(numbers, i + 1) - expected!), `moment ${i + 1}`).toBeLessThan(5 * error);
  }
  expect(numbers.every(Number.isFinite)).toBe(true);
});

test('whole numbers below a limit are all equally likely', () => {
  const random = new Random('below');
  const counts = Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[random.below(7)]!++;
  // χ² with 6 degrees of freedom exceeds 22.5 once in a thousand.
  expect(counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
});

test('all orders of a shuffle are equally likely, and the original stays', () => {
  const random = new Random('shuffle');
  const original = ['a', 'b', 'c', 'd'];
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = random.shuffled(original).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(original).toEqual(['a', 'b', 'c', 'd']);
  expect(counts.size).toBe(24);
  // χ² with 23 degrees of freedom exceeds 49.7 once in a thousand.
  expect([...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(49.7);
});

describe('the keys of a generator', () => {
  const first = (...keys: (string | number)[]) => {
    const random = new Random(...keys);
    return [random.uniform(), random.uniform()];
  };

  test('name its numbers', () => {
    expect(first(1, 'tasks', 3)).toEqual(first(1, 'tasks', 3));
  });

  test('tell numbers from text, and one key from two', () => {
    const all = [first(12), first('12'), first(1, 2), first('1', '2'), first('1,2'), first(), first('')];
    expect(new Set(all.map(String)).size).toBe(all.length);
  });

  test('give every step, task and try numbers of its own, which have nothing to do with each other', () => {
    const starts: number[][] = [];
    for (let step = 0; step < 40; step++) {
      for (let task = 0; task < 50; task++) {
        for (let attempt = 0; attempt < 16; attempt++)
          starts.push(first(1, step, `src/text.ts#f${task}`, attempt));
      }
    }
    expect(new Set(starts.map(String)).size).toBe(starts.length);
    const error = 5 / Math.sqrt(starts.length);
    for (const at of [0, 1]) {
      const numbers = starts.map((pair) => pair[at]!);
      expect(Math.abs(mean(numbers) - 1 / 2)).toBeLessThan(error / Math.sqrt(12));
      expect(Math.abs(moment(numbers, 2) - 1 / 3)).toBeLessThan(error * Math.sqrt(4 / 45));
      const products = numbers.slice(1).map((x, i) => (x - 0.5) * (numbers[i]! - 0.5));
      expect(Math.abs(mean(products))).toBeLessThan(error / 12);
    }
  });
});
