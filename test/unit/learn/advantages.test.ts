import { describe, expect, test } from 'vitest';
import { groupAdvantages } from '../../../trainer/learn/advantages.ts';
import { advantagesOf } from '../../../trainer/learn/learnFrom.ts';
import { episode, reward, step } from './episodes.ts';

const divideByDeviation = true;

describe('the advantages of a group', () => {
  test('are the rewards less their mean', () => {
    expect(groupAdvantages([0, 0.25, 1, 0.75])).toEqual([-0.5, -0.25, 0.5, 0.25]);
  });

  test('are divided by the sample deviation plus 1e-4, when asked', () => {
    // Rewards 1, 0, 0: mean 1/3, sum of squares 2/3, sample deviation √(1/3).
    const divisor = Math.sqrt(1 / 3) + 1e-4;
    const advantages = groupAdvantages([1, 0, 0], { divideByDeviation });
    for (const [i, x] of [2 / 3, -1 / 3, -1 / 3].entries())
      expect(advantages[i]).toBeCloseTo(x / divisor, 12);
  });

  test.each([false, true])(
    'are exactly 0 where all rewards are equal (by deviation: %s)',
    (divideByDeviation) => {
      for (let tests = 1; tests <= 12; tests++) {
        for (let passed = 0; passed <= tests; passed++) {
          for (let tries = 1; tries <= 12; tries++) {
            const rewards = Array<number>(tries).fill(passed / tests);
            expect(groupAdvantages(rewards, { divideByDeviation }).map((x) => Math.abs(x!))).toEqual(
              rewards.map(() => 0),
            );
          }
        }
      }
    },
  );

  test('a group of one has nothing to compare with', () => {
    expect(groupAdvantages([0.4])).toEqual([0]);
    expect(groupAdvantages([0.4], { divideByDeviation })).toEqual([0]);
    expect(groupAdvantages([])).toEqual([]);
  });

  test('leave masked episodes out of the mean and give them none', () => {
    expect(groupAdvantages([1, undefined, 0])).toEqual([0.5, undefined, -0.5]);
    expect(groupAdvantages([undefined, 1])).toEqual([undefined, 0]);
    expect(groupAdvantages([undefined, undefined], { divideByDeviation })).toEqual([undefined, undefined]);
  });
});

test('an episode that cheated is masked, and the others are compared without it', () => {
  const tries = [reward(1), reward(0, 'cheated'), reward(0.5)];
  const group = tries.map((result) => episode([step([1], [2])], result));
  expect([...advantagesOf([group], false)]).toEqual([
    [group[0], 0.25],
    [group[2], -0.25],
  ]);
});

test('an episode whose sandbox failed is masked, whatever reward it carries', () => {
  const tries = [reward(1), reward(0, 'infrastructure'), reward(0, 'timeout')];
  const group = tries.map((result) => episode([step([1], [2])], result));
  const broken = [episode([step([1], [2])], reward(0, 'infrastructure'), 'broken')];
  expect([...advantagesOf([group, broken], false)]).toEqual([
    [group[0], 0.5],
    [group[2], -0.5],
  ]);
});
