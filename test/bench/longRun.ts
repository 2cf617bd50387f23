import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Random } from '../../trainer/random.ts';
import type { EpisodeRecord } from '../../trainer/run/records.ts';

const tries = 8;
const tasks = 80;

const keptTasks = Array.from({ length: tasks }, (_, task) => ({
  id: idOf(task),
  file: `src/numbers${task % 20}.ts`,
  name: `function${task}`,
  line: 2,
  language: 'typescript',
  split: splitOf(task),
  header: promptOf(task),
  body: '\n  return 42;\n',
  tests: [],
}));

/** A run directory with so many episodes, of about 1,500 bytes each as those of the demo are. */
export async function writeLongRun(path: string, episodes: number): Promise<void> {
  await mkdir(path, { recursive: true });
  const time = new Date(1.8e12).toISOString();
  const model = join(import.meta.dirname, '../../trainer/model/base');
  const status = { state: 'finished', time };
  const info = {
    format: 1,
    id: 'long',
    created: time,
    workspace: path,
    model,
    seed: 1,
    config: {},
    versions: {},
  };
  await writeFile(join(path, 'run.json'), JSON.stringify({ ...info, status }));
  await writeFile(join(path, 'steps.jsonl'), '');
  await writeFile(join(path, 'events.jsonl'), '');
  await writeFile(join(path, 'tasks.json'), JSON.stringify({ format: 1, tasks: keptTasks }));
  await pipeline(Readable.from(lines(episodes)), createWriteStream(join(path, 'episodes.jsonl')));
}

function* lines(episodes: number): Generator<string> {
  const random = new Random(1, 'long run');
  for (let at = 0; at < episodes; at += 100) {
    const block = Array.from({ length: 100 }, (_, more) => `${JSON.stringify(record(at + more, random))}\n`);
    yield block.join('');
  }
}

function record(at: number, random: Random): EpisodeRecord {
  const task = Math.floor(at / tries) % tasks;
  const step = Math.floor(at / (tries * 16));
  const taskId = idOf(task);
  const action = Array.from({ length: 8 + random.below(40) }, () => random.below(2048));
  const passed = Array.from({ length: 3 }, () => random.uniform() < 0.6);
  const value = passed.filter(Boolean).length / passed.length;
  return {
    time: new Date(1.8e12 + at).toISOString(),
    step,
    prompt: promptOf(task),
    advantage: value - 0.5,
    timings: {},
    episode: {
      id: `1/${step}/${taskId}/${at % tries}`,
      taskId,
      split: splitOf(task),
      group: `1/${step}/${taskId}`,
      policyVersion: step,
      steps: [
        {
          observation: Array.from({ length: 24 }, () => random.below(2048)),
          action,
          logp: action.map(() => Math.log(random.uniform() + 1e-6)),
          stop: 'function-end',
        },
      ],
      completion: `\n  return n ${random.below(50)} * ${random.below(1000)} + n;\n`,
      reward: {
        value,
        verdict: value === 1 ? 'passed' : 'failed',
        tests: passed.map((each, test) => ({
          id: `test/numbers${task % 20}.test.ts > function${task} > does what it is to do, ${test}`,
          passed: each,
        })),
        seconds: random.uniform(),
        cached: random.uniform() < 0.5,
      },
    },
  };
}

function idOf(task: number): string {
  return `src/numbers${task % 20}.ts#function${task}`;
}

function promptOf(task: number): string {
  return `/** Returns what function ${task} of n is to return. */\nexport function function${task}(n: number): number {`;
}

function splitOf(task: number): 'heldOut' | 'train' {
  return task % 3 === 0 ? 'heldOut' : 'train';
}
