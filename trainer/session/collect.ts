/** A workspace's tasks, with the isolation that model-written code will run in. */
import { Environment, type MinedTasks } from '../../sandbox/environment.ts';
import { HumanError } from '../../sandbox/humanError.ts';
import { ensureBubblewrap, probeBubblewrap } from '../../sandbox/isolation/probe.ts';
import type { Task } from '../../sandbox/tasks/task.ts';
import type { TrainSettings } from '../run/settings.ts';

export type WantedIsolation = 'auto' | 'bubblewrap' | 'none';

export interface Collected extends AsyncDisposable {
  readonly environment: Environment;
  readonly mined: MinedTasks;
}

export type CollectEvent =
  /** Isolation does not work yet, and is being installed where that is possible. */
  | { readonly event: 'isolation' }
  /** `baseline`: all tests as they are; `tasks`: each function without its body. */
  | {
      readonly event: 'collecting';
      readonly phase: 'baseline' | 'tasks';
      readonly done: number;
      readonly total: number;
      /** Of the baseline: a test file whose results are still to come. */
      readonly waitingFor?: string | undefined;
    }
  | { readonly event: 'collected'; readonly mined: MinedTasks; readonly isolation: Environment['isolation'] };

/** What is collected, and how. */
export interface WantedTasks {
  readonly isolation: WantedIsolation;
  /** Tests that must depend on a function. */
  readonly minTests?: number;
  /** Globs of the files that hold tests. */
  readonly testFiles?: readonly string[];
}

/** The tasks that a training with these settings has. */
export function wantedTasks(plan: {
  readonly isolation: WantedIsolation;
  readonly settings: Pick<TrainSettings, 'minTests' | 'testFiles'>;
}): WantedTasks {
  const { isolation, settings } = plan;
  return { isolation, minTests: settings.minTests, testFiles: settings.testFiles };
}

export interface CollectOptions extends WantedTasks {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: CollectEvent) => void) | undefined;
}

/** @throws HumanError when the folder is missing, or where the wanted isolation is not to be had. */
export async function openEnvironment(
  workspace: string,
  { isolation, minTests, testFiles, signal, onEvent }: CollectOptions,
): Promise<Environment> {
  if (isolation !== 'none' && !(await probeBubblewrap()).works) {
    onEvent?.({ event: 'isolation' });
    const verdict = await ensureBubblewrap();
    if (!verdict.works) throw new HumanError(verdict.remedy);
  }
  return Environment.open(workspace, {
    isolation,
    ...(minTests !== undefined && { minTests }),
    ...(testFiles !== undefined && { testFiles }),
    ...(signal && { signal }),
  });
}

/** @throws HumanError as `openEnvironment` does, and when the workspace has nothing to learn from. */
export async function collect(workspace: string, options: CollectOptions): Promise<Collected> {
  return collectIn(await openEnvironment(workspace, options), options);
}

/** Collects in an environment, which is disposed of with what was collected, or when that fails. */
export async function collectIn(
  environment: Environment,
  { signal, onEvent }: Pick<CollectOptions, 'signal' | 'onEvent'>,
): Promise<Collected> {
  try {
    const mined = await environment.mine({
      signal,
      onProgress: (progress) => onEvent?.({ event: 'collecting', ...progress }),
    });
    onEvent?.({ event: 'collected', mined, isolation: environment.isolation });
    return { environment, mined, [Symbol.asyncDispose]: () => environment[Symbol.asyncDispose]() };
  } catch (error) {
    await environment[Symbol.asyncDispose]();
    throw error;
  }
}

export function countBySplit(tasks: readonly Task[]): { readonly train: number; readonly heldOut: number } {
  const train = tasks.filter(({ split }) => split === 'train').length;
  return { train, heldOut: tasks.length - train };
}
