/** A trainer to be killed: trains the tiny model in argv[2] in the run argv[3], with rewards that need no sandbox. */
import type { Reward } from '../../../sandbox/reward.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';
import { loadModel } from '../../../trainer/model/loadModel.ts';
import { Random } from '../../../trainer/random.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { train } from '../../../trainer/run/train.ts';

const [model, path] = process.argv.slice(2) as [string, string];
const tasks = ['add', 'sub', 'mul', 'div', 'mod', 'pow'].map((name, i): Task => {
  const prefix = `export function ${name}(a, b) {`;
  const split = i < 4 ? 'train' : 'heldOut';
  const id = `src/${name}.js#${name}`;
  return {
    id,
    file: `src/${name}.js`,
    name,
    language: 'javascript',
    split,
    prefix,
    body: '',
    suffix: '}',
    headerStart: 0,
    tests: ['t'],
  };
});

/** A reward that depends on the task and the text alone. */
const grade = async (task: Task, body: string): Promise<Reward> => {
  const value = new Random(task.id, body).below(5) / 4;
  return { value, verdict: value === 1 ? 'passed' : 'failed', tests: [], seconds: 0, cached: false };
};

await using run = await RunDirectory.open(path);
await train({
  model: await loadModel(model),
  tasks,
  grader: { grade },
  run,
  settings: trainSettings.parse({
    steps: 60,
    tasksPerStep: 3,
    tries: 4,
    evaluationTries: 2,
    maxTokens: 8,
    rank: 2,
    alpha: 4,
    learningRate: 0.01,
    checkpointEvery: 2,
    evaluateEvery: 7,
    klLimit: 0,
  }),
  onEvent: (event) => process.stdout.write(`${event.event} ${'step' in event ? event.step : ''}\n`),
});
await run.finish('finished');
