/** A trainer to be killed: trains the tiny model in argv[2] in the run argv[3], with rewards that need no sandbox. */
import { loadModel } from '../../../trainer/model/loadModel.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { train } from '../../../trainer/run/train.ts';
import { gradeText, twoArgumentTask } from './textReward.ts';

const [model, path] = process.argv.slice(2) as [string, string];
const tasks = ['add', 'sub', 'mul', 'div', 'mod', 'pow'].map((name, at) =>
  twoArgumentTask(`src/${name}.js`, name, at < 4 ? 'train' : 'heldOut'),
);

await using run = await RunDirectory.open(path);
await train({
  model: await loadModel(model),
  tasks,
  grader: { grade: gradeText },
  run,
  settings: {
    ...trainSettings.parse({
      steps: 60,
      tasksPerStep: 3,
      tries: 4,
      evaluationTries: 2,
      maxTokens: 8,
      rank: 2,
      alpha: 4,
      checkpointEvery: 2,
      evaluateEvery: 7,
      klLimit: 0,
    }),
    learningRate: 0.01,
  },
  onEvent: (event) => process.stdout.write(`${event.event} ${'step' in event ? event.step : ''}\n`),
});
await run.finish('finished');
