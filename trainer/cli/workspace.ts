/** What is said while a workspace's tasks are collected. */
import type { Environment, MinedTasks } from '../../sandbox/environment.ts';
import {
  type CollectEvent,
  type Collected,
  collect,
  countBySplit,
  type WantedTasks,
} from '../session/collect.ts';
import type { CommandContext } from './command.ts';
import type { Output, Progress } from './output.ts';
import { counted } from './wording.ts';

const phases = { baseline: 'Running the tests', tasks: 'Trying functions without their bodies' } as const;

/** @throws HumanError when isolation is not to be had, or the workspace has nothing to learn from. */
export async function collectTasks(
  { output, signal }: CommandContext,
  workspace: string,
  wanted: WantedTasks,
): Promise<Collected> {
  using report = new CollectReport(output);
  return await collect(workspace, { ...wanted, signal, onEvent: report.onEvent });
}

/** Tells people and programs how collecting goes. */
export class CollectReport implements Disposable {
  readonly #output: Output;
  #shown: { phase: string; progress: Progress } | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  readonly onEvent = (event: CollectEvent): void => {
    const output = this.#output;
    switch (event.event) {
      case 'isolation':
        output.say(
          'bubblewrap, which model-written code is confined with, does not work yet: setting it up.',
        );
        return;
      case 'collecting': {
        const { phase, done, total, waitingFor } = event;
        if (this.#shown?.phase !== phase) {
          this[Symbol.dispose]();
          this.#shown = { phase, progress: output.progress(phases[phase], total) };
        }
        this.#shown.progress.update(done, waitingFor && `waiting for ${waitingFor}`);
        return;
      }
      case 'collected': {
        this[Symbol.dispose]();
        const { mined, isolation } = event;
        output.say(describe(mined, isolation));
        output.event({ event: 'tasks', ...countBySplit(mined.tasks), seconds: mined.seconds });
      }
    }
  };

  [Symbol.dispose](): void {
    this.#shown?.progress[Symbol.dispose]();
    this.#shown = undefined;
  }
}

function describe({ tasks, seconds }: MinedTasks, isolation: Environment['isolation']): string {
  const { train, heldOut } = countBySplit(tasks);
  const files = new Set(tasks.map(({ file }) => file)).size;
  const confined = isolation === 'none' ? 'not isolated' : `isolated by ${isolation}`;
  return `${counted(tasks.length, 'task')} in ${counted(files, 'file')}: ${train} to train on, ${heldOut} held out (${seconds.toFixed(1)} s, ${confined}).`;
}
