import { describe, expect, it } from 'vitest';
import { rewardValue } from '../../../sandbox/reward.ts';
import { logSchemas } from '../../../trainer/run/records.ts';

const outcomes = (...passed: boolean[]) => passed.map((each, i) => ({ id: `t${i}`, passed: each }));

describe('the value of a reward', () => {
  const half = { tests: outcomes(true, false, true, false) };
  const full = { tests: outcomes(true, true) };

  it('is the share of tests that passed', () => {
    expect(rewardValue('share', half)).toBe(0.5);
    expect(rewardValue('share', full)).toBe(1);
  });

  it('is all or nothing', () => {
    expect(rewardValue('all', half)).toBe(0);
    expect(rewardValue('all', full)).toBe(1);
  });

  it('is half the share and half all-or-nothing in the mix', () => {
    expect(rewardValue('mix', half)).toBe(0.25);
    expect(rewardValue('mix', { tests: outcomes(true, true, true, false) })).toBe(3 / 8);
    expect(rewardValue('mix', full)).toBe(1);
  });

  it('is forfeited in the mix, and only there, by breaking a test that does not depend on the function', () => {
    const broken = { ...full, guards: outcomes(true, false) };
    expect(rewardValue('mix', broken)).toBe(0);
    expect(rewardValue('share', broken)).toBe(1);
    expect(rewardValue('mix', { ...full, guards: outcomes(true, true) })).toBe(1);
  });

  it('is 0 for a completion that cheats, and where there are no tests', () => {
    const cheat = { label: 'canary-passed', evidence: 'a test that must fail passed' } as const;
    for (const rule of ['share', 'all', 'mix'] as const) {
      expect(rewardValue(rule, { ...full, cheat })).toBe(0);
      expect(rewardValue(rule, { tests: [] })).toBe(0);
    }
  });
});

describe('the log of episodes', () => {
  const record = (reward: object) => ({
    time: '2026-01-01T00:00:00.000Z',
    step: 0,
    episode: {
      id: 'a',
      taskId: 't',
      split: 'train',
      group: 'g',
      policyVersion: 0,
      steps: [{ observation: [1], action: [2], logp: [-1], stop: 'length' }],
      completion: '',
      reward: { value: 0, tests: [], seconds: 0, cached: false, ...reward },
    },
    prompt: '',
    advantage: null,
    timings: {},
  });

  it('keeps the whole breakdown of a reward', () => {
    const whole = record({
      verdict: 'cheated',
      guards: outcomes(true),
      firstFailure: 'no',
      limit: 'memory',
      cheat: { label: 'forged-report', evidence: 'x' },
    });
    expect(logSchemas.episodes.parse(whole)).toEqual(whole);
  });

  it('is read without it, as older runs wrote it', () => {
    const older = record({ verdict: 'failed' });
    expect(logSchemas.episodes.parse(older)).toEqual(older);
  });
});
