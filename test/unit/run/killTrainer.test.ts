import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { readRunLog } from '../../../trainer/run/workspaceRuns.ts';
import { writeTinyModel } from '../cli/tinyModel.ts';
import { collect, newRun } from './runs.ts';

const kills = 10;
/** Of `killedTrainer.ts`. */
const lastStep = 60;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-trainer-'));
});
afterEach(() => rm(root, { recursive: true }));

async function emptyRun(): Promise<string> {
  const run = await RunDirectory.create(root, newRun);
  await run.close();
  return run.path;
}

interface KillMoment {
  /** The kill comes after this step, or a later one, was reported; 0 is the first evaluation. */
  readonly step: number;
  readonly milliseconds: number;
}

/** Runs the trainer until it ends, or kills it. */
async function trainFor(model: string, run: string, moment?: KillMoment): Promise<'ended' | 'killed'> {
  const trainer = spawn(process.execPath, [join(import.meta.dirname, 'killedTrainer.ts'), model, run]);
  let errors = '';
  trainer.stderr.on('data', (text) => {
    errors += text;
  });
  const ended = once(trainer, 'exit');
  if (moment) {
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    createInterface(trainer.stdout).on('line', (line) => {
      if (Number(line.split(' ')[1]) >= moment.step) resolve();
    });
    await Promise.race([reached, ended]);
    await Promise.race([delay(moment.milliseconds), ended]);
    trainer.kill('SIGKILL');
  } else {
    trainer.stdout.resume();
  }
  const [code, signal] = await ended;
  expect(code === 0 || signal === 'SIGKILL', errors).toBe(true);
  return signal === 'SIGKILL' ? 'killed' : 'ended';
}

/** What a run ends with: weights, optimizer and metrics, byte by byte. */
async function ending(run: string) {
  const checkpoint = join(run, `checkpoints/step-${lastStep}`);
  const steps = await collect(readRunLog(run, 'steps'));
  const episodes = await collect(readRunLog(run, 'episodes'));
  return {
    weights: (await readFile(join(checkpoint, 'adapter_model.safetensors'))).toString('base64'),
    optimizer: (await readFile(join(checkpoint, 'optimizer.safetensors'))).toString('base64'),
    best: (await readFile(join(run, 'best/adapter_model.safetensors'))).toString('base64'),
    about: await readFile(join(run, 'best/about.json'), 'utf8'),
    metrics: steps.map(({ step, metrics: { tokensPerSecond, peakMegabytes, ...metrics } }) => ({
      step,
      metrics,
    })),
    episodes: episodes.map(({ step, advantage, episode }) => ({ step, advantage, episode })),
  };
}

test('a trainer killed ten times and resumed ends with the weights of one never killed', async () => {
  const model = join(root, 'model');
  await writeTinyModel(model);
  const [whole, killed] = [await emptyRun(), await emptyRun()];
  const started = performance.now();
  expect(await trainFor(model, whole)).toBe('ended');
  // Each kill comes a random part of a step later than a step that the run has not reached before. The last is due long
  // before the end, so that a trainer does not end first where this process has to wait for a processor.
  const stepMilliseconds = (performance.now() - started) / lastStep;
  for (let kill = 0; kill < kills; kill++) {
    const moment = { step: 2 * kill, milliseconds: Math.random() * stepMilliseconds };
    expect(await trainFor(model, killed, moment)).toBe('killed');
  }
  expect(await trainFor(model, killed)).toBe('ended');
  expect(await ending(killed)).toEqual(await ending(whole));
});
