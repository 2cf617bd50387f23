import { resolve } from 'node:path';
import type { Command } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import type { RunInfo } from '../run/records.ts';
import { readRunInfo } from '../run/runDirectory.ts';
import { trainSettings } from '../run/settings.ts';
import { listRuns, runsOf } from '../run/workspaceRuns.ts';
import {
  type CommandContext,
  deviceOption,
  isolationOption,
  modelOption,
  newCommand,
  setOption,
  type WantedDevice,
  type WantedIsolation,
} from './command.ts';
import { embeddedModel } from './places.ts';
import { readAssignments, settingsFrom } from './settings.ts';
import type { TrainingPlan } from './training.ts';

interface Options {
  readonly model?: string;
  readonly seed?: string;
  readonly steps?: string;
  readonly resume?: string | true;
  readonly set?: readonly string[];
  readonly device?: WantedDevice;
  readonly isolation: WantedIsolation;
}

export function trainCommand(context: CommandContext): Command {
  const { shape } = trainSettings;
  const defaults = Object.entries(trainSettings.parse({})).map(([name, value]) => `${name}=${value}`);
  return newCommand('train', "Train the model on a workspace's tasks, with measurements before and after.", [
    'train .',
    'train . --steps 20 --seed 7',
    'train . --set learningRate=5e-4 --set tries=16',
    'train . --model ~/models/SmolLM2-135M --json > events.jsonl',
    'train . --resume',
  ])
    .argument('<workspace>', 'folder with sources and unit tests')
    .addOption(modelOption())
    .option('--seed <number>', `names all random numbers (default: ${shape.seed.parse(undefined)})`)
    .option('--steps <number>', `rounds of sampling and learning (default: ${shape.steps.parse(undefined)})`)
    .option('--resume [run]', 'go on with a run that was stopped or killed (default: the newest such)')
    .addOption(setOption())
    .addOption(deviceOption())
    .addOption(isolationOption())
    .addHelpText('after', `\nSettings for --set, with their defaults:\n  ${defaults.join('\n  ')}`)
    .action(async (workspace: string, options: Options) => {
      const plan = await (options.resume === undefined ? newPlan : resumedPlan)(workspace, options);
      const { runTraining } = await import('./training.ts');
      await runTraining(context, plan);
    });
}

function newPlan(workspace: string, { model, seed, steps, set, device, isolation }: Options): TrainingPlan {
  const assignments = readAssignments(set ?? []);
  if (seed !== undefined) assignments.set('seed', seed);
  if (steps !== undefined) assignments.set('steps', steps);
  return {
    workspace,
    model: model === undefined ? embeddedModel : resolve(model),
    settings: settingsFrom(assignments),
    device: device ?? 'auto',
    isolation,
  };
}

/** A resumed run keeps its model, settings and device, or its numbers would not be those of an unbroken one. */
async function resumedPlan(workspace: string, options: Options): Promise<TrainingPlan> {
  const fixed = (['model', 'seed', 'steps', 'set'] as const).find((name) => options[name] !== undefined);
  if (fixed !== undefined) {
    throw new HumanError(`A resumed run keeps its model and settings: leave out --${fixed}.`);
  }
  const { path, info } = await resumable(workspace, options.resume!);
  const parsed = trainSettings.safeParse(info.config);
  if (!parsed.success) {
    throw new HumanError(`${path}/run.json holds settings of another version of Reinforce: start a new run.`);
  }
  const { device } = info.versions;
  const earlier = device === 'cpu' || device === 'webgpu' ? device : 'auto';
  return {
    workspace,
    model: info.model,
    settings: parsed.data,
    device: options.device ?? earlier,
    isolation: options.isolation,
    resume: path,
  };
}

async function resumable(workspace: string, name: string | true): Promise<{ path: string; info: RunInfo }> {
  const root = runsOf(workspace);
  if (name === true) {
    for (const run of await listRuns(root)) {
      if ('info' in run && (run.interrupted || isResumable(run.info))) return run;
    }
    throw new HumanError(`There is no run to resume in ${root}: start one without --resume.`);
  }
  const path = name.includes('/') ? resolve(name) : resolve(root, name);
  const info = await readRunInfo(path);
  if (info.status.state === 'finished') {
    throw new HumanError(`The run ${path} is finished: start a new one without --resume.`);
  }
  return { path, info };
}

const isResumable = ({ status }: RunInfo) => status.state === 'stopped' || status.state === 'failed';
