import { expect, test } from 'vitest';
import { Brakes } from '../../../trainer/run/brakes.ts';

const limits = { klLimit: 1, entropyFloor: 0.1 };
const [steady, drifted, collapsed] = [
  { kl: 0.5, entropy: 0.4 },
  { kl: 1.5, entropy: 0.4 },
  { kl: 0.5, entropy: 0.01 },
];

test('a training that leaves its limits in three steps running is ended, with the figure', () => {
  const brakes = new Brakes(limits);
  expect([steady, drifted, drifted].map((metrics) => brakes.judge(metrics))).toEqual(
    Array(3).fill(undefined),
  );
  expect(brakes.judge(drifted)).toMatch(/KL to the base model was above its limit of 1 \(it is 1\.500\)/);
});

test('a single step beyond a limit is forgiven', () => {
  const brakes = new Brakes(limits);
  for (let round = 0; round < 3; round++) {
    for (const metrics of [collapsed, collapsed, steady]) expect(brakes.judge(metrics)).toBeUndefined();
  }
});

test('strikes are kept over a resumption', () => {
  expect(new Brakes(limits, 2).judge(collapsed)).toMatch(/entropy was below its floor of 0\.1/);
});

test('a figure that is not a number is beyond its limit', () => {
  expect(new Brakes(limits, 2).judge({ kl: Number.NaN, entropy: 0.4 })).toMatch(/NaN/);
});

test('limits of zero, and steps that had nothing to learn from, never end a training', () => {
  expect(new Brakes({ klLimit: 0, entropyFloor: 0 }, 2).judge({ kl: 99, entropy: 0 })).toBeUndefined();
  expect(new Brakes(limits, 2).judge({ reward: 0 })).toBeUndefined();
});
