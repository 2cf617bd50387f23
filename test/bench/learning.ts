/**
 * `npm run learning`: does a model get better at the sample workspace's tests? Runs the demo for three seeds, keeps
 * every number in test/bench/results/learning.json, and draws docs/learning.svg from it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { drawLearning } from './drawLearning.ts';
import { type LearningRun, learningRun } from './learningRun.ts';

const root = join(import.meta.dirname, '../..');
const results = join(import.meta.dirname, 'results');
const seeds = [1, 2, 3];

const stepEvent = learningRun.shape.steps.element.extend({ event: z.literal('step') });
const resultEvent = learningRun.omit({ seed: true, steps: true }).extend({ event: z.literal('result') });

async function runDemo(seed: number): Promise<LearningRun> {
  const demo = execa(
    process.execPath,
    [join(root, 'dist/reinforce.js'), 'demo', '--json', '--seed', String(seed)],
    {
      stderr: 'inherit',
    },
  );
  const steps: LearningRun['steps'][number][] = [];
  let result: z.output<typeof resultEvent> | undefined;
  for await (const line of demo) {
    const event: unknown = JSON.parse(line);
    const step = stepEvent.safeParse(event);
    if (step.success) steps.push({ step: step.data.step, metrics: step.data.metrics });
    const end = resultEvent.safeParse(event);
    if (end.success) result = end.data;
  }
  if (!result) throw new Error(`the demo with seed ${seed} ended without a result`);
  const { before, after, seconds } = result;
  return { seed, before, after, seconds, steps };
}

const runs: LearningRun[] = [];
for (const seed of seeds) {
  const run = await runDemo(seed);
  runs.push(run);
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  console.log(
    `seed ${seed}: pass@1 on training tasks ${percent(run.before.train.passAt1)} → ${percent(run.after.train.passAt1)}, ` +
      `held out ${percent(run.before.heldOut.passAt1)} → ${percent(run.after.heldOut.passAt1)}, ${run.seconds.toFixed(0)} s`,
  );
}
await mkdir(results, { recursive: true });
await writeFile(join(results, 'learning.json'), `${JSON.stringify({ runs }, null, 1)}\n`);
await writeFile(join(root, 'docs/learning.svg'), drawLearning(runs));
