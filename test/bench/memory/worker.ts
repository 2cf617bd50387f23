/**
 * One training step, measurements before and after included, in a process of its own: what `reinforce train` does, but
 * for the sandbox, in whose place every other try passes. Writes what memory it was told to take, and what it took.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reward } from '../../../sandbox/reward.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';
import { readBaseWeights } from '../../../trainer/model/frozen.ts';
import { withLearningRate } from '../../../trainer/run/learningRate.ts';
import { type MemoryNeed, memoryNeed } from '../../../trainer/run/memoryNeed.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { train } from '../../../trainer/run/train.ts';
import { paddedTokenizer, randomSource, type ShapeName, shapes } from './shapes.ts';

export interface MemoryRequest {
  readonly shape: ShapeName;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface MemoryAnswer {
  readonly predicted: MemoryNeed;
  /** The most resident memory of the process, in bytes. */
  readonly peak: number;
  /** Resident memory as each phase ended, and the peak until then. */
  readonly phases: readonly { readonly phase: string; readonly resident: number; readonly peak: number }[];
  readonly seconds: number;
}

const { shape, settings: given }: MemoryRequest = JSON.parse(process.argv[2]!);
const config = shapes[shape];
const settings = withLearningRate(trainSettings.parse({ steps: 1, evaluationTries: 2, ...given }), config);
const peak = () => 1024 * process.resourceUsage().maxRSS;
const phases: { phase: string; resident: number; peak: number }[] = [];
const note = (phase: string) => phases.push({ phase, resident: process.memoryUsage().rss, peak: peak() });

/** A function whose prompt is as long as a prompt may be. */
const tasks = Array.from({ length: settings.tasksPerStep }, (_, at): Task => {
  const prefix = `// ${`${at} is a number. `.repeat(settings.promptTokens)}\nfunction f${at}(a, b) {`;
  const id = `f${at}.js#f${at}`;
  return {
    ...{ id, file: `f${at}.js`, name: `f${at}`, language: 'javascript', split: 'train', prefix },
    ...{ body: '', suffix: '}', headerStart: 0, tests: ['t'] },
  };
});
let graded = 0;
/** Every other try passes, so that each group teaches something. */
const grade = async (): Promise<Reward> => {
  const value = graded++ % 2;
  return { value, verdict: value ? 'passed' : 'failed', tests: [], seconds: 0, cached: false };
};

const directory = await mkdtemp(join(tmpdir(), 'reinforce-memory-'));
try {
  const started = performance.now();
  const source = randomSource(config);
  const tokenizer = await paddedTokenizer(config);
  note('tokenizer');
  const weights = await readBaseWeights(source, config, settings.baseWeights);
  note('weights');
  const about = { workspace: directory, model: shape, seed: 1, config: settings, versions: {} };
  await using run = await RunDirectory.create(directory, about);
  const model = { directory, config, tokenizer, source, weights };
  let before = '';
  await train({
    ...{ model, tasks, grader: { grade }, run, settings },
    onEvent: (event) => {
      const phase = event.event === 'sampling' ? `sampling, ${event.phase}` : event.event;
      if (phase !== before) note(before);
      before = phase;
    },
  });
  note('end');
  const answer: MemoryAnswer = {
    predicted: memoryNeed(config, settings),
    peak: peak(),
    phases,
    seconds: (performance.now() - started) / 1000,
  };
  console.log(JSON.stringify(answer));
} finally {
  await rm(directory, { recursive: true });
}
