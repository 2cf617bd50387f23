import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { readRunLog } from '../../../trainer/run/workspaceRuns.ts';
import { writeTinyModel } from '../cli/tinyModel.ts';
import { collect, newRun } from './runs.ts';

const kills = 10;
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

/** Runs the trainer until it ends, or kills it this long after it first said something. */
async function trainFor(model: string, run: string, milliseconds?: number): Promise<'ended' | 'killed'> {
  const trainer = spawn(process.execPath, [join(import.meta.dirname, 'killedTrainer.ts'), model, run]);
  let errors = '';
  trainer.stderr.on('data', (text) => {
    errors += text;
  });
  const ended = once(trainer, 'exit');
  if (milliseconds !== undefined) {
    await Promise.race([once(trainer.stdout, 'data'), ended]);
    await Promise.race([delay(milliseconds), ended]);
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
  const checkpoint = join(run, 'checkpoints/step-8');
  const steps = await collect(readRunLog(run, 'steps'));
  const episodes = await collect(readRunLog(run, 'episodes'));
  return {
    weights: (await readFile(join(checkpoint, 'adapter_model.safetensors'))).toString('base64'),
    optimizer: (await readFile(join(checkpoint, 'optimizer.safetensors'))).toString('base64'),
    metrics: steps.map(({ step, metrics: { tokensPerSecond, ...metrics } }) => ({ step, metrics })),
    episodes: episodes.map(({ step, advantage, episode }) => ({ step, advantage, episode })),
  };
}

test('a trainer killed ten times and resumed ends with the weights of one never killed', async () => {
  const model = join(root, 'model');
  await writeTinyModel(model);
  const [whole, killed] = [await emptyRun(), await emptyRun()];
  expect(await trainFor(model, whole)).toBe('ended');
  let done = 0;
  for (let kill = 0; kill < kills; kill++) {
    if ((await trainFor(model, killed, Math.random() * 400)) === 'ended') break;
    done++;
  }
  await trainFor(model, killed);
  expect(done).toBeGreaterThan(0);
  expect(await ending(killed)).toEqual(await ending(whole));
});
