/** What can be known before a training begins, and why it cannot begin. */
import { basename } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';
import { embeddedModel } from '../cli/places.ts';
import { chooseDevice } from '../graph/device.ts';
import { checkForm } from '../model/frozen.ts';
import { type OpenModel, openModel } from '../model/loadModel.ts';
import { freeMemory, parameterCount } from '../model/weightMemory.ts';
import type { Finding, Preflight, PreflightProgress } from '../protocol/training.ts';
import { memoryNeed } from '../run/memoryNeed.ts';
import type { TrainSettings } from '../run/settings.ts';
import { type CollectEvent, type Collected, countBySplit, wantedTasks } from '../session/collect.ts';
import { refuseSecondTraining, type TrainingPlan } from '../session/train.ts';
import type { CollectedTasks } from './collectedTasks.ts';
import { estimateTime } from './timeEstimate.ts';

const fewTasks = 4;
const namedTests = 3;

export interface PreflightOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PreflightProgress) => void;
}

/** Never throws for what a person can mend: that is in the answer. @throws the signal's reason when aborted. */
export async function preflight(
  plan: TrainingPlan,
  tasks: CollectedTasks,
  { signal, onProgress }: PreflightOptions,
): Promise<Preflight> {
  const obstacles: string[] = [];
  const warnings: string[] = [];
  const attempt = async <T extends object>(action: () => Promise<T>): Promise<Finding<T>> => {
    try {
      return { known: true, ...(await action()) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HumanError)) throw error;
      obstacles.push(error.message);
      return { known: false, why: error.message };
    }
  };

  await attempt(async () => ({ free: await refuseSecondTraining(plan.workspace) }));
  let isolation: string | undefined;
  const collected = await attempt(async () => {
    const onEvent = (event: CollectEvent) => {
      if (event.event === 'collected') isolation = event.isolation;
      else onProgress(progressOf(event));
    };
    return { value: await tasks.get(wantedTasks(plan), signal, onEvent) };
  });
  onProgress({ doing: 'Choosing the device', done: 0 });
  const device = await attempt(async () => {
    const choice = await chooseDevice(plan.device, signal);
    checkForm(plan.settings.baseWeights, choice.device, choice.float16);
    return choice;
  });
  onProgress({ doing: 'Opening the model', done: 0 });
  const model = await attempt(async () => ({ value: await openModel(plan.model) }));

  const found = collected.known ? describeTasks(collected.value) : collected;
  if (found.known) judgeTasks(found, warnings, obstacles);
  if (collected.known) judgeTests(collected.value, warnings);
  if (isolation === 'none') {
    warnings.push('Code that the model writes runs with your own rights, because isolation is switched off.');
  }
  const memory = model.known ? describeMemory(model.value, plan.settings) : unknown(model.why);
  if (memory.known) judgeMemory(memory, warnings, obstacles);

  onProgress({ doing: 'Measuring how fast the model writes', done: 0 });
  const time =
    collected.known && device.known && model.known && obstacles.length === 0
      ? { known: true as const, ...(await estimateTime(plan, collected.value, device.device, signal)) }
      : unknown('It can be said once a training can start.');
  return {
    tasks: found,
    sandbox: isolation === undefined ? unknown(whyOf(collected)) : { known: true, isolation },
    device,
    model: model.known
      ? { known: true, name: nameOf(plan.model), parameters: parameterCount(model.value.config) }
      : model,
    memory,
    time,
    obstacles,
    warnings,
  };
}

const unknown = (why: string) => ({ known: false as const, why });
const whyOf = (finding: Finding<object>) => (finding.known ? '' : finding.why);
const nameOf = (model: string) => (model === embeddedModel ? 'embedded model' : basename(model));

export function progressOf(event: Exclude<CollectEvent, { event: 'collected' }>): PreflightProgress {
  if (event.event === 'isolation') return { doing: 'Setting up the sandbox', done: 0 };
  const doing = event.phase === 'baseline' ? 'Running the tests' : 'Trying functions without their bodies';
  return { doing, done: event.total === 0 ? 1 : event.done / event.total };
}

function describeTasks({ mined: { tasks, rejected, leftOut, seconds } }: Collected): Preflight['tasks'] {
  return {
    known: true,
    ...countBySplit(tasks),
    files: new Set(tasks.map(({ file }) => file)).size,
    rejected: rejected.length,
    tests: new Set(tasks.flatMap(({ tests }) => tests)).size,
    leftOut: leftOut.length,
    seconds,
  };
}

function judgeTasks(
  { train, heldOut }: { train: number; heldOut: number },
  warnings: string[],
  obstacles: string[],
): void {
  if (train === 0) {
    obstacles.push('No task is left to train on: write tests for functions in more than one file.');
  } else if (train < fewTasks) {
    warnings.push(
      `There are only ${train} tasks to train on: the model will learn these few functions by heart.`,
    );
  }
  if (heldOut === 0) {
    warnings.push(
      'No task is held out, so nothing will tell whether the model got better at code that it was not trained on.',
    );
  }
}

function judgeTests({ mined: { leftOut } }: Collected, warnings: string[]): void {
  if (leftOut.length === 0) return;
  const named = leftOut.slice(0, namedTests).map(({ test }) => test);
  const more = leftOut.length > namedTests ? ` and ${leftOut.length - namedTests} more` : '';
  warnings.push(
    `Nothing is judged by tests that do not pass each time: ${named.join('; ')}${more}. Mend them to have more tasks.`,
  );
}

function describeMemory({ config }: OpenModel, settings: TrainSettings) {
  return { known: true as const, neededBytes: memoryNeed(config, settings).total, freeBytes: freeMemory() };
}

function judgeMemory(
  { neededBytes, freeBytes }: { neededBytes: number; freeBytes: number },
  warnings: string[],
  obstacles: string[],
): void {
  const [needed, free] = [neededBytes, freeBytes].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  if (neededBytes > 2 * freeBytes) {
    obstacles.push(
      `Training takes about ${needed} of memory and ${free} are free: choose a smaller base model, or a smaller micro-batch.`,
    );
  } else if (neededBytes > freeBytes) {
    warnings.push(
      `Training may take ${needed} of memory and ${free} are free: close what you do not need, or choose a smaller micro-batch.`,
    );
  }
}
