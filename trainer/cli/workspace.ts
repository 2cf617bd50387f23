/** Opening a workspace and collecting its tasks, with what is to be said meanwhile. */
import { Environment, type MinedTasks } from '../../sandbox/environment.ts';
import { HumanError } from '../../sandbox/humanError.ts';
import { ensureBubblewrap, probeBubblewrap } from '../../sandbox/isolation/probe.ts';
import type { Task } from '../../sandbox/tasks/task.ts';
import type { CommandContext, WantedIsolation } from './command.ts';
import type { Progress } from './output.ts';

const phases = { baseline: 'Running the tests', tasks: 'Trying functions without their bodies' } as const;

/** @throws HumanError when the folder is missing, or where the wanted isolation is not to be had. */
export async function openEnvironment(
  { output, signal }: CommandContext,
  workspace: string,
  isolation: WantedIsolation,
): Promise<Environment> {
  if (isolation !== 'none' && !(await probeBubblewrap()).works) {
    output.say('bubblewrap, which model-written code is confined with, does not work yet: setting it up.');
    const verdict = await ensureBubblewrap();
    if (!verdict.works) throw new HumanError(verdict.remedy);
  }
  return Environment.open(workspace, { isolation, signal });
}

/** @throws HumanError when the workspace has nothing to learn from. */
export async function collectTasks(
  { output, signal }: CommandContext,
  environment: Environment,
): Promise<MinedTasks> {
  let shown: { phase: string; progress: Progress } | undefined;
  try {
    const mined = await environment.mine({
      signal,
      onProgress: ({ phase, done, total }) => {
        if (shown?.phase !== phase) {
          shown?.progress[Symbol.dispose]();
          shown = { phase, progress: output.progress(phases[phase], total) };
        }
        shown.progress.update(done);
      },
    });
    shown?.progress[Symbol.dispose]();
    shown = undefined;
    output.say(describe(mined, environment));
    output.event({ event: 'tasks', ...countBySplit(mined.tasks), seconds: mined.seconds });
    return mined;
  } finally {
    shown?.progress[Symbol.dispose]();
  }
}

export function countBySplit(tasks: readonly Task[]): { readonly train: number; readonly heldOut: number } {
  const train = tasks.filter(({ split }) => split === 'train').length;
  return { train, heldOut: tasks.length - train };
}

function describe({ tasks, seconds }: MinedTasks, { isolation }: Environment): string {
  const { train, heldOut } = countBySplit(tasks);
  const files = new Set(tasks.map(({ file }) => file)).size;
  const confined = isolation === 'none' ? 'not isolated' : `isolated by ${isolation}`;
  return `${tasks.length} tasks in ${files} files: ${train} to train on, ${heldOut} held out (${seconds.toFixed(1)} s, ${confined}).`;
}
