/** What can be known before a training begins, and why it cannot begin. */
import { basename } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';
import { embeddedModel } from '../cli/places.ts';
import { chooseDevice } from '../graph/device.ts';
import type { Device } from '../graph/program.ts';
import { loadModel, type Model, type OpenModel, openModel } from '../model/loadModel.ts';
import { freeMemory, parameterCount } from '../model/weightMemory.ts';
import { Sampler } from '../policy/sampler.ts';
import type { Finding, Preflight, PreflightProgress } from '../protocol/training.ts';
import { Random } from '../random.ts';
import { promptOf } from '../rollout/prompt.ts';
import { memoryNeed } from '../run/memoryNeed.ts';
import type { TrainSettings } from '../run/settings.ts';
import { type CollectEvent, type Collected, countBySplit, wantedTasks } from '../session/collect.ts';
import { refuseSecondTraining, type TrainingPlan } from '../session/train.ts';
import type { CollectedTasks } from './collectedTasks.ts';

/** The measured sample: so many prompts with so many tries, of so many tokens. */
const sample = { prompts: 16, tries: 4, tokens: 12 };
/** Of the most tokens that a completion may have, what completions have on average. */
const usualLength = 1 / 3;
/** Learning takes about so much of the time of sampling what is learnt from. */
const learningShare = 0.4;
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
  const device = await attempt(() => chooseDevice(plan.device, signal));
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
      ? {
          known: true as const,
          seconds: await estimate(
            plan.settings,
            collected.value,
            await loadModel(plan.model),
            device.device,
            signal,
          ),
        }
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

/** Seconds of a whole training, from a moment of sampling and a few gradings. */
async function estimate(
  settings: TrainSettings,
  { environment, mined: { tasks } }: Collected,
  { config, weights, tokenizer }: Model,
  device: Device,
  signal: AbortSignal,
): Promise<number> {
  await using sampler = await Sampler.create({ config, weights, device, rows: 64 });
  const some = tasks.slice(0, sample.prompts);
  const prompts = some.map((task) => ({
    tokens: promptOf(task, tokenizer, settings.promptTokens, settings.suffixTokens).tokens,
    samples: Array.from({ length: sample.tries }, (_, at) => ({
      random: new Random('preflight', task.id, at),
      endsWith: () => false,
    })),
  }));
  const sampling = { temperature: 1, maxTokens: sample.tokens, signal };
  // The first run of a shape is slow, and not what a training mostly does.
  await sampler.generate(prompts, sampling);
  const secondsToken =
    (await timed(() => sampler.generate(prompts, sampling))) / (some.length * sample.tries * sample.tokens);
  const secondsGrading =
    (await timed(() =>
      Promise.all(some.map((task) => environment.grade(task, `${task.body}\n/* measured */`, signal))),
    )) / some.length;

  const length = settings.maxTokens * usualLength;
  const secondsTry = secondsToken * length + secondsGrading;
  const measured = 2 * tasks.length * settings.evaluationTries;
  const { train, heldOut } = countBySplit(tasks);
  const between =
    settings.evaluateEvery === 0
      ? 0
      : Math.floor((settings.steps - 1) / settings.evaluateEvery) * heldOut * settings.evaluationTries;
  const learnt = settings.steps * Math.min(settings.tasksPerStep, train) * settings.tries;
  const seconds = (measured + between + learnt) * secondsTry + learnt * secondsToken * length * learningShare;
  return Math.min(seconds, 60 * (settings.minutes ?? Infinity));
}

async function timed(action: (this: void) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return (performance.now() - begun) / 1000;
}
