import type { Command } from 'commander';
import { chooseDevice } from '../graph/device.ts';
import { resolveModel } from '../hub/cache.ts';
import type { Evaluation } from '../run/evaluate.ts';
import { trainSettings } from '../run/settings.ts';
import { wantedTasks } from '../session/collect.ts';
import { findAdapter } from './adapter.ts';
import {
  adapterOption,
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
import { scoreText } from './trainingReport.ts';
import { duration, table } from './wording.ts';
import { collectTasks } from './workspace.ts';

interface Options {
  readonly model?: string;
  readonly adapter?: string;
  readonly samples?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly device?: WantedDevice;
  readonly isolation: WantedIsolation;
}

export function evalCommand(context: CommandContext): Command {
  return newCommand('eval', 'Measure how often a model passes all tests of a task in one try (pass@1).', [
    'eval .',
    'eval . --adapter 2026-11-22T07-30-05 --samples 32',
    'eval . --adapter ~/adapters/mine --set temperature=0.2 --json',
  ])
    .argument('<workspace>', 'folder with sources and unit tests')
    .addOption(modelOption())
    .addOption(adapterOption())
    .option('--samples <number>', 'tries a task (default: 8)')
    .option('--seed <number>', 'names all random numbers (default: 1)')
    .addOption(setOption())
    .addOption(deviceOption().default('auto'))
    .addOption(isolationOption())
    .action((workspace: string, options: Options) => evaluateModel(context, workspace, options));
}

async function evaluateModel(context: CommandContext, workspace: string, options: Options): Promise<void> {
  const { output, signal } = context;
  const started = performance.now();
  const assignments = readAssignments(options.set ?? []);
  if (options.samples !== undefined) assignments.set('evaluationTries', options.samples);
  if (options.seed !== undefined) assignments.set('seed', options.seed);
  const adapter = options.adapter === undefined ? undefined : await findAdapter(options.adapter, workspace);
  // A run is measured as it measured itself, so that the same tries come out again.
  const settings = settingsFrom(assignments, trainSettings.safeParse(adapter?.run?.config).data);

  const model =
    options.model === undefined ? (adapter?.run?.model ?? embeddedModel) : await resolveModel(options.model);
  if (adapter) {
    // Refused before the tests are run, if at all.
    const { openModel } = await import('../model/loadModel.ts');
    const { doubtAbout, readAdapterOf } = await import('../model/peft.ts');
    const own = await readAdapterOf(await openModel(model), adapter.directory);
    const doubt = doubtAbout(adapter.directory, own);
    if (doubt !== undefined) output.warn(doubt);
  }
  const { device, reason } = await chooseDevice(options.device ?? 'auto', signal);
  output.say(`Device: ${device}, because ${reason}.`);
  await using collected = await collectTasks(
    context,
    workspace,
    wantedTasks({ isolation: options.isolation, settings }),
  );
  const { measure } = await import('../session/measure.ts');
  using progress = output.progress('Measuring', collected.mined.tasks.length * settings.evaluationTries);
  const onProgress = (graded: number) => progress.update(graded);
  const scores = await measure({ model, adapter, settings, device }, collected, { signal, onProgress });
  progress[Symbol.dispose]();
  const seconds = (performance.now() - started) / 1000;
  output.say(`\n${scoreTable(scores)}\n\nIt took ${duration(seconds)}.`);
  output.event({ event: 'result', ...scores, seconds });
}

function scoreTable({ train, heldOut }: Evaluation): string {
  const row = (name: string, score: Evaluation['train']) => [
    name,
    scoreText(score),
    `${score.tasks}`,
    `${score.samples}`,
    score.reward.toFixed(3),
  ];
  return table([
    ['', 'pass@1 (95% interval)', 'tasks', 'tries', 'mean reward'],
    row('train', train),
    row('held out', heldOut),
  ]);
}
