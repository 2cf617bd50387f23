/** A whole training on a GPU made of software, beside one on the CPU. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device } from '../../../trainer/graph/program.ts';
import { loadModel } from '../../../trainer/model/loadModel.ts';
import { readSafetensors } from '../../../trainer/model/safetensors.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { train } from '../../../trainer/run/train.ts';
import { hasSoftwareGpu, useSoftwareGpu } from '../../softwareGpu.ts';
import { writeTinyModel } from '../cli/tinyModel.ts';
import { gradeText, twoArgumentTask } from './textReward.ts';

if (hasSoftwareGpu()) useSoftwareGpu();

let root: string;
let model: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-gpu-run-'));
  model = await writeTinyModel(join(root, 'model'));
});
afterAll(() => rm(root, { recursive: true }));

const tasks = ['add', 'sub', 'mul'].map((name, at) =>
  twoArgumentTask(`${name}.js`, name, at < 2 ? 'train' : 'heldOut'),
);

/** Trains up to each of `stops` in turn, and answers every number of the last checkpoint. */
async function trained(device: Device, stops: readonly number[]): Promise<Float32Array[]> {
  const settings = (steps: number) => ({
    ...trainSettings.parse({
      ...{ steps, tasksPerStep: 2, tries: 4, evaluationTries: 1, maxTokens: 6, rank: 2, alpha: 4 },
      checkpointEvery: 1,
    }),
    learningRate: 0.01,
  });
  const about = { workspace: root, model, seed: 1, config: settings(stops.at(-1)!), versions: {} };
  const made = await RunDirectory.create(root, about);
  const { path } = made;
  await made[Symbol.asyncDispose]();
  for (const steps of stops) {
    await using run = await RunDirectory.open(path);
    const context = { model: await loadModel(model), tasks, grader: { grade: gradeText }, run, device };
    await train({ ...context, settings: settings(steps) });
  }
  const last = join(path, 'checkpoints', `step-${stops.at(-1)}`);
  const files = ['adapter_model.safetensors', 'optimizer.safetensors'];
  const tensors = await Promise.all(files.map((file) => readSafetensors(join(last, file))));
  return tensors.flatMap((file) => [...file.values()].map(({ data }) => data));
}

test.skipIf(!hasSoftwareGpu())(
  'a training on a graphics card ends as one on the CPU, and one that was resumed as one that was not',
  { timeout: 600_000 },
  async () => {
    const [cpu, gpu] = [await trained('cpu', [2]), await trained('webgpu', [2])];
    expect(gpu.length).toBe(cpu.length);
    for (const [at, numbers] of cpu.entries()) {
      for (const [i, x] of numbers.entries()) expect(Math.abs(gpu[at]![i]! - x)).toBeLessThan(1e-5);
    }
    expect(cpu.some((numbers) => numbers.some((x) => Math.abs(x) > 1e-3))).toBe(true);
    expect(await trained('webgpu', [1, 2])).toEqual(gpu);
  },
);
