import type { Command } from 'commander';
import type { LeftOut } from '../../sandbox/tasks/baseline.ts';
import { type Rejection, rejectionSentences } from '../../sandbox/tasks/rejection.ts';
import type { Task } from '../../sandbox/tasks/task.ts';
import { countBySplit, wantedTasks } from '../session/collect.ts';
import {
  type CommandContext,
  isolationOption,
  newCommand,
  setOption,
  type WantedIsolation,
} from './command.ts';
import { readAssignments, settingsFrom } from './settings.ts';
import { table } from './wording.ts';
import { collectTasks } from './workspace.ts';

interface Options {
  readonly isolation: WantedIsolation;
  readonly rejected?: true;
  readonly set?: readonly string[];
}

export function tasksCommand(context: CommandContext): Command {
  return newCommand('tasks', "List a workspace's tasks: functions whose unit tests fail without them.", [
    'tasks .',
    'tasks . --rejected',
    'tasks ~/project --json',
    'tasks . --set minTests=2 --set \'testFiles=["spec/**/*.js"]\'',
  ])
    .argument('<workspace>', 'folder with sources and unit tests')
    .addOption(setOption())
    .addOption(isolationOption())
    .option('--rejected', 'list the functions that are no tasks too, each with the reason')
    .action((workspace: string, options: Options) => listTasks(context, workspace, options));
}

async function listTasks(context: CommandContext, workspace: string, options: Options): Promise<void> {
  const { output } = context;
  const settings = settingsFrom(readAssignments(options.set ?? []));
  const wanted = wantedTasks({ isolation: options.isolation, settings });
  await using collected = await collectTasks(context, workspace, wanted);
  const { tasks, rejected, leftOut, seconds } = collected.mined;
  for (const { id, file, name, language, split, tests } of tasks) {
    output.event({ event: 'task', id, file, name, language, split, tests });
  }
  for (const rejection of rejected) {
    output.event({ event: 'rejected', ...rejection, sentence: rejectionSentences[rejection.reason] });
  }
  for (const test of leftOut) output.event({ event: 'leftOut', ...test });
  output.say(`\n${taskTable(tasks)}`);
  if (rejected.length > 0) output.say(`\n${rejectionText(rejected, options.rejected === true)}`);
  if (leftOut.length > 0) output.say(`\n${leftOutText(leftOut)}`);
  const counts = countBySplit(tasks);
  output.event({ event: 'result', tasks: tasks.length, ...counts, rejected: rejected.length, seconds });
}

function taskTable(tasks: readonly Task[]): string {
  const rows = tasks.map(({ file, name, split, tests }) => [
    file,
    name,
    split === 'train' ? 'train' : 'held out',
    `${tests.length}`,
  ]);
  return table([['file', 'function', 'split', 'tests'], ...rows], 3);
}

function leftOutText(leftOut: readonly LeftOut[]): string {
  const rows = leftOut.map(({ test, reason, message }) => [test, reason, message.slice(0, 80)]);
  return `Tests that nothing is judged by:\n${table(rows, 3)}`;
}

function rejectionText(rejected: readonly Rejection[], all: boolean): string {
  if (all) {
    const rows = rejected.map(({ file, line, name, reason }) => [
      `${file}:${line}`,
      name,
      rejectionSentences[reason],
    ]);
    return `No tasks:\n${table(rows, 3)}`;
  }
  const reasons = [...Map.groupBy(rejected, ({ reason }) => reason)]
    .map(([reason, group]) => `${group.length} ${reason}`)
    .join(', ');
  return `${rejected.length} functions are no tasks (--rejected lists them): ${reasons}.`;
}
