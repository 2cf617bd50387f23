/** Runs written by the run directory's own code, and figures worked out by hand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { paceOfEarlierRun, secondsAt } from '../../../trainer/background/timeEstimate.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { prepareRuns } from '../../../trainer/run/workspaceRuns.ts';
import { newRun } from '../run/runs.ts';

let workspace: string;
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'reinforce-estimate-'));
});
afterEach(() => rm(workspace, { recursive: true }));

const settings = trainSettings.parse({
  tasksPerStep: 4,
  tries: 2,
  steps: 10,
  evaluationTries: 3,
  evaluateEvery: 4,
});

/** Two tasks to train on, measured in 12 s with 24 tries, and as many steps as there are seconds. */
async function writeRun(
  stepSeconds: readonly number[],
  { device = 'cpu', after }: { device?: string; after?: number } = {},
): Promise<void> {
  await using run = await RunDirectory.create(await prepareRuns(workspace), {
    ...newRun,
    config: settings,
    versions: { device },
  });
  const task = (name: string) => ({
    id: name,
    name,
    prefix: 'function ',
    headerStart: 0,
    body: '',
    tests: [],
    file: 'a.ts',
    language: 'typescript',
    split: 'train',
  });
  await run.writeTasks([task('a'), task('b')] as unknown as Parameters<typeof run.writeTasks>[0]);
  const score = (samples: number) => ({ tasks: 1, samples, passAt1: 0, ci95: [0, 1], reward: 0 });
  const measured = async (step: number, seconds: number) =>
    run.appendEvent({
      event: 'evaluation',
      step,
      scores: { train: score(16), heldOut: score(8) },
      seconds,
    });
  await measured(0, 12);
  for (const [at, seconds] of stepSeconds.entries()) {
    await run.appendStep({
      step: at + 1,
      metrics: {},
      timings: { sampling: seconds / 2, learning: seconds / 2 },
    });
  }
  if (after !== undefined) await measured(stepSeconds.length, after);
}

const pace = (device: 'cpu' | 'webgpu' = 'cpu', more: Partial<typeof settings> = {}) =>
  paceOfEarlierRun({ workspace, model: newRun.model, settings: { ...settings, ...more } }, device);

test('the pace of an earlier run is that of its measurement and of its median step', async () => {
  expect(await pace()).toBe(undefined);
  await writeRun([80, 4, 8]);
  // 24 tries in 12 s; min(4, 2) tasks of 2 tries a step, in 8 s.
  expect(await pace()).toEqual({ measured: 0.5, learnt: 2 });
});

test('a run that was measured after its training, too, tells the mean of both', async () => {
  await writeRun([8], { after: 6 });
  expect(await pace()).toEqual({ measured: (12 + 6) / (24 + 24), learnt: 2 });
});

test('a run on another device, with longer completions or without a step tells nothing', async () => {
  await writeRun([8]);
  await writeRun([]);
  expect(await pace('webgpu')).toBe(undefined);
  expect(await pace('cpu', { maxTokens: 200 })).toBe(undefined);
  expect(await pace()).toEqual({ measured: 0.5, learnt: 2 });
});

test('a training is its measurements before, in between and after, and its tries, within its limit', () => {
  // Around: 2 × (5 + 3) tasks × 3 tries. In between: after steps 4 and 8, of 3 tasks × 3 tries. Learnt: 10 × 4 × 2.
  const seconds = (48 + 18) * 0.5 + 80 * 2;
  expect(secondsAt({ measured: 0.5, learnt: 2 }, settings, 5, 3)).toBe(seconds);
  expect(secondsAt({ measured: 0.5, learnt: 2 }, { ...settings, minutes: 1 }, 5, 3)).toBe(60);
});
