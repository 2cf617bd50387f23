import type { Command } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import { resolveModel } from '../hub/cache.ts';
import { trainSettings } from '../run/settings.ts';
import { resumedPlan } from '../session/resume.ts';
import type { TrainingPlan } from '../session/train.ts';
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
import { readAssignments, settingsFrom, settingsHelp } from './settings.ts';

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
    .addHelpText(
      'after',
      ({ command }) => `\nSettings for --set, with their defaults:\n${settingsHelp(command)}`,
    )
    .action(async (workspace: string, options: Options) => {
      const plan = await (options.resume === undefined ? newPlan : resumedRun)(workspace, options);
      const { runTraining } = await import('./training.ts');
      await runTraining(context, plan);
    });
}

async function newPlan(
  workspace: string,
  { model, seed, steps, set, device, isolation }: Options,
): Promise<TrainingPlan> {
  const assignments = readAssignments(set ?? []);
  if (seed !== undefined) assignments.set('seed', seed);
  if (steps !== undefined) assignments.set('steps', steps);
  return {
    workspace,
    model: model === undefined ? embeddedModel : await resolveModel(model),
    settings: settingsFrom(assignments),
    device: device ?? 'auto',
    isolation,
  };
}

/** A resumed run keeps its model, settings and device, or its numbers would not be those of an unbroken one. */
async function resumedRun(workspace: string, options: Options): Promise<TrainingPlan> {
  const fixed = (['model', 'seed', 'steps', 'set'] as const).find((name) => options[name] !== undefined);
  if (fixed !== undefined) {
    throw new HumanError(`A resumed run keeps its model and settings: leave out --${fixed}.`);
  }
  const { resume, device, isolation } = options;
  return resumedPlan({ workspace, run: resume === true ? undefined : resume, device, isolation });
}
