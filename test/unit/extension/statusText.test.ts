import { expect, test } from 'vitest';
import { statusText } from '../../../extension/training/statusText.ts';
import type { Score, TrainerState } from '../../../trainer/protocol.ts';

const idle: TrainerState = {
  pid: 7,
  version: '1',
  workspace: '/code',
  phase: 'idle',
  step: 0,
  steps: 0,
};
const training: TrainerState = { ...idle, activity: 'training', phase: 'sampling', steps: 40 };
const score = (passAt1: number): Score => ({ tasks: 4, samples: 32, passAt1, ci95: [0, 1], reward: passAt1 });

const textOf = (state: TrainerState | undefined) => statusText(state, 'base model').text;

test('phase, reward and time left are in the text', () => {
  expect(textOf({ ...training, step: 2, reward: 0.617, secondsLeft: 754 })).toBe(
    '$(sync~spin) step 3/40 · reward 0.62 · 13 min left',
  );
  expect(textOf({ ...training, phase: 'evaluating', progress: 0.402 })).toBe('$(sync~spin) Measuring 40%');
  expect(textOf({ ...idle, activity: 'preflight', phase: 'collecting', progress: 1 })).toBe(
    '$(sync~spin) Collecting tasks 100%',
  );
});

test('a pause says why, and an idle trainer is not shown as at work', () => {
  expect(textOf({ ...training, phase: 'paused', pausedBecause: 'battery' })).toBe(
    '$(debug-pause) Paused on battery',
  );
  expect(textOf({ ...training, phase: 'paused', pausedBecause: 'user', step: 2 })).toBe(
    '$(debug-pause) Paused · step 2/40',
  );
  for (const state of [undefined, idle]) expect(textOf(state)).toBe('$(mortar-board) Reinforce');
});

test('the last step of a run is not counted beyond the end', () => {
  expect(textOf({ ...training, phase: 'learning', step: 40 })).toBe('$(sync~spin) step 40/40');
});

test('the tooltip tells how the last training ended, and what writes completions', () => {
  const lastEnd = {
    activity: 'training',
    outcome: 'failed',
    reason: 'There is no room left.',
    time: '2026-01-01T00:00:00Z',
  } as const;
  const { text, lines } = statusText({ ...idle, lastEnd }, 'run 1, step 40');
  expect(text).toBe('$(warning) Reinforce');
  expect(lines).toEqual([
    'No training runs.',
    'The last training: There is no room left.',
    'Completions: run 1, step 40',
  ]);
});

test('the tooltip tells what was measured', () => {
  const { lines } = statusText(
    {
      ...training,
      run: { id: '2026-01-01', path: '/x' },
      step: 12,
      reward: 0.5,
      passAt1: 0.25,
      heldOutBefore: score(0.571),
      heldOutLast: score(0.661),
    },
    'base model',
  );
  expect(lines).toEqual([
    '**step 13/40 · reward 0.50** (trying tasks)',
    'Run 2026-01-01: 12 of 40 steps are done.',
    'Last step: mean reward 0.500, 25.0% of the tries passed.',
    'Held-out tasks: 57.1% before, 66.1% last.',
    'Completions: base model',
  ]);
});
