import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import type { Evaluation } from '../run/evaluate.ts';
import { type ListedRun, listRuns, readRunLog, runsOf } from '../run/workspaceRuns.ts';
import { type CommandContext, newCommand } from './command.ts';
import { percent, sparkline, table } from './wording.ts';

const planned = z.looseObject({ steps: z.int() });

interface Summary {
  readonly state: string;
  /** Learner steps done, and those that the run was to have. */
  readonly step: number;
  readonly steps: number | undefined;
  /** Mean reward of each step's tries. */
  readonly rewards: readonly number[];
  readonly before: Evaluation | undefined;
  readonly after: Evaluation | undefined;
}

export function runsCommand(context: CommandContext): Command {
  return newCommand('runs', "List a workspace's training runs, the newest first.", [
    'runs',
    'runs ~/project --json',
  ])
    .argument('[workspace]', 'folder that was trained on', '.')
    .action((workspace: string) => showRuns(context, resolve(workspace)));
}

async function showRuns({ output }: CommandContext, workspace: string): Promise<void> {
  if (!(await isFolder(workspace))) {
    throw new HumanError(`The workspace folder ${workspace} does not exist: check the path.`);
  }
  const root = runsOf(workspace);
  const runs = await listRuns(root);
  const rows: string[][] = [];
  for (const run of runs) {
    const id = basename(run.path);
    const summary = 'damaged' in run ? run.damaged : await summariseUnlessDamaged(run);
    if ('damaged' in run || typeof summary === 'string') {
      output.event({ event: 'run', id, path: run.path, damaged: summary });
      rows.push([id, 'damaged', '', '', '', `${summary}`]);
      continue;
    }
    const { created, model, seed } = run.info;
    output.event({ event: 'run', id, path: run.path, created, model, seed, ...summary });
    rows.push(rowOf(id, summary));
  }
  output.event({ event: 'result', runs: runs.length });
  if (runs.length === 0) output.say(`There are no runs in ${root}: start one with "reinforce train".`);
  else output.say(table([['run', 'state', 'steps', 'train', 'held out', 'reward'], ...rows], 6));
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** The run, or the sentence that says where it is damaged. */
async function summariseUnlessDamaged(run: Extract<ListedRun, { info: unknown }>): Promise<Summary | string> {
  try {
    return await summarise(run);
  } catch (error) {
    if (error instanceof HumanError) return error.message;
    throw error;
  }
}

async function summarise({
  path,
  info,
  interrupted,
}: Extract<ListedRun, { info: unknown }>): Promise<Summary> {
  const rewards: number[] = [];
  for await (const { metrics } of readRunLog(path, 'steps')) rewards.push(metrics.reward ?? 0);
  const evaluations: Evaluation[] = [];
  for await (const { event, scores } of readRunLog(path, 'events')) {
    if (event === 'evaluation') evaluations.push(scores as Evaluation);
  }
  const finished = info.status.state === 'finished';
  return {
    state: interrupted ? 'interrupted' : info.status.state,
    step: rewards.length,
    steps: planned.safeParse(info.config).data?.steps,
    rewards,
    before: evaluations[0],
    after: finished ? evaluations.at(-1) : undefined,
  };
}

function rowOf(id: string, { state, step, steps, rewards, before, after }: Summary): string[] {
  const scores = (split: keyof Evaluation) =>
    [before, after]
      .filter((evaluation) => evaluation !== undefined)
      .map((evaluation) => percent(evaluation[split].passAt1))
      .join(' → ');
  return [
    id,
    state,
    `${step}/${steps ?? '?'}`,
    scores('train'),
    scores('heldOut'),
    sparkline(everyNth(rewards, 40), 0, 1),
  ];
}

/** At most `most` of the values, evenly spread. */
function everyNth(values: readonly number[], most: number): number[] {
  const stride = Math.ceil(values.length / most);
  return values.filter((_, at) => at % stride === 0);
}
