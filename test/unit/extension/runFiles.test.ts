/** Runs as the window finds them, written by the trainer's own code. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRuns } from '../../../extension/runs/runFiles.ts';
import { heldOut, verdict } from '../../../extension/runs/wording.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { prepareRuns } from '../../../trainer/run/workspaceRuns.ts';
import { checkpoint, newRun, trained } from '../run/runs.ts';

let workspace: string;
let root: string;
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'reinforce-found-'));
  root = await prepareRuns(workspace);
});
afterEach(() => rm(workspace, { recursive: true }));

const score = (passAt1: number, ci95: readonly [number, number] = [passAt1 - 0.1, passAt1 + 0.1]) => ({
  tasks: 4,
  samples: 32,
  passAt1,
  ci95,
  reward: passAt1,
});
const evaluation = (step: number, passAt1: number) => ({
  event: 'evaluation',
  step,
  scores: { train: score(passAt1), heldOut: score(passAt1) },
  seconds: 1,
});

test('a run has its best and its last adapter, with the held-out score before and after', async () => {
  const run = await RunDirectory.create(root, { ...newRun, config: { steps: 40 } });
  await run.appendEvent(evaluation(0, 0.25));
  await run.appendEvent(evaluation(10, 0.75));
  await run.saveBest(trained(10), { step: 10, heldOut: score(0.75) });
  await run.appendEvent(evaluation(20, 0.5));
  await run.saveCheckpoint(checkpoint(20));
  await run.finish('finished');
  const [found, ...more] = await findRuns(workspace);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ id: run.info.id, state: 'finished', step: 20, steps: 40 });
  expect(found!.adapters.map((adapter) => [adapter.kind, adapter.step, heldOut(adapter)])).toEqual([
    ['best', 10, 'held out 25.0% → 75.0%'],
    ['last', 20, 'held out 25.0% → 50.0%'],
  ]);
  expect(found!.adapters.map(verdict)).toEqual(['better than the base model', 'better than the base model']);
});

test('fresh scores beside an adapter count more than those of its run', async () => {
  const run = await RunDirectory.create(root, newRun);
  await run.appendEvent(evaluation(0, 0.5));
  await run.saveBest(trained(10), { step: 10, heldOut: score(0.75) });
  const fresh = { format: 1, scores: { train: score(0.5), heldOut: score(0.55) } };
  await writeFile(join(run.path, 'best/scores.json'), JSON.stringify(fresh));
  await run.finish('finished');
  const [adapter] = (await findRuns(workspace))[0]!.adapters;
  expect(heldOut(adapter!)).toBe('held out 50.0% → 55.0%');
  expect(verdict(adapter!)).toBe('the difference may be chance');
});

test('a run whose process is gone is interrupted, and one that is being written is not', async () => {
  const run = await RunDirectory.create(root, newRun);
  expect(await findRuns(workspace)).toMatchObject([{ state: 'running', adapters: [] }]);
  await run.close();
  expect(await findRuns(workspace)).toMatchObject([{ state: 'interrupted' }]);
});

test('a run that is known is not read again, and a new one is found beside it', async () => {
  const run = await RunDirectory.create(root, newRun);
  await run.finish('finished');
  const [known] = await findRuns(workspace);
  await rm(join(run.path, 'run.json'));
  expect(await findRuns(workspace, new Map([[run.path, known!]]))).toEqual([known]);
  await using other = await RunDirectory.create(root, newRun);
  const found = await findRuns(workspace, new Map([[run.path, known!]]));
  expect(found.map(({ id }) => id).sort()).toEqual([known!.id, other.info.id].sort());
});

test('what is no run, and a folder without runs, are no error', async () => {
  await writeFile(join(root, 'note.txt'), 'hello');
  expect(await findRuns(workspace)).toEqual([]);
  expect(await findRuns(join(workspace, 'elsewhere'))).toEqual([]);
});
