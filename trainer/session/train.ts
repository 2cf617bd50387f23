/** A training of a workspace, from checking everything to a finished run, whoever asked for it. */
import { join } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';
import type { Task } from '../../sandbox/tasks/task.ts';
import { versions } from '../cli/places.ts';
import { demonstrations } from '../completion/demonstration.ts';
import { chooseDevice } from '../graph/device.ts';
import type { Device } from '../graph/program.ts';
import { checkForm, readBaseWeights } from '../model/frozen.ts';
import { type BaseModel, openModel } from '../model/loadModel.ts';
import type { Episode } from '../rollout/episode.ts';
import type { Evaluation } from '../run/evaluate.ts';
import type { Gate } from '../run/gate.ts';
import { withLearningRate } from '../run/learningRate.ts';
import { Lock } from '../run/lock.ts';
import { needMemoryFor } from '../run/memoryNeed.ts';
import { withPromptShape } from '../run/promptShape.ts';
import { RunDirectory } from '../run/runDirectory.ts';
import type { TrainSettings } from '../run/settings.ts';
import { type TrainEvent, type TrainResult, train } from '../run/train.ts';
import { prepareRuns, readRunLog } from '../run/workspaceRuns.ts';
import { type CollectEvent, type Collected, collect, type WantedIsolation, wantedTasks } from './collect.ts';
import { readAccepted } from './readAccepted.ts';

export type WantedDevice = 'auto' | Device;

export interface TrainingPlan {
  readonly workspace: string;
  /** Directory of the base model. */
  readonly model: string;
  readonly settings: TrainSettings;
  readonly device: WantedDevice;
  readonly isolation: WantedIsolation;
  /** Directory of the run to go on with; without it a new one is made. */
  readonly resume?: string | undefined;
}

export type TrainingEvent =
  | { readonly event: 'device'; readonly device: Device; readonly reason: string }
  | CollectEvent
  | {
      readonly event: 'run';
      readonly id: string;
      readonly path: string;
      readonly resumed: boolean;
      readonly settings: TrainSettings;
      readonly tasks: readonly Task[];
      /** What a resumed run measured before it first learnt. */
      readonly before?: Evaluation | undefined;
    }
  | TrainEvent;

export interface TrainingOptions {
  readonly signal: AbortSignal;
  readonly gate?: Gate | undefined;
  /** Tasks that were collected already; they stay the caller's. */
  readonly collected?: Collected | undefined;
  /** What trains, for those who are refused meanwhile, such as "reinforce train". */
  readonly as: string;
  readonly onEvent: (event: TrainingEvent) => void;
}

/** The workspace's tests are run and its runs written by one training at a time, whoever asked for it. */
const trainingLock = (workspace: string) => join(workspace, '.reinforce', 'training');

/** @throws HumanError that names the training which is under way in a workspace. */
export const refuseSecondTraining = (workspace: string): Promise<void> =>
  Lock.refuse(trainingLock(workspace), 'The workspace');

/**
 * Trains. However it ends, the run directory says so: finished, stopped or failed.
 *
 * @throws HumanError for what a person can mend; nothing is written then if it was wrong from the start. @throws the
 *   signal's reason when aborted; the run can be resumed.
 */
export async function trainWorkspace(
  plan: TrainingPlan,
  { signal, gate, collected, as, onEvent }: TrainingOptions,
): Promise<{ readonly run: string; readonly result: TrainResult }> {
  const { workspace, isolation } = plan;
  await refuseSecondTraining(workspace);
  const opened = await openModel(plan.model);
  // A run from before prompts had a suffix goes on without.
  const shaped = withPromptShape({ ...(plan.resume && { suffixTokens: 0 }), ...plan.settings }, opened);
  const settings = withLearningRate(shaped, opened.config);
  const { device, reason, float16 } = await chooseDevice(plan.device, signal);
  checkForm(settings.baseWeights, device, float16);
  onEvent({ event: 'device', device, reason });
  needMemoryFor(opened.directory, opened.config, settings);
  await using own = collected
    ? undefined
    : await collect(workspace, { ...wantedTasks({ isolation, settings }), signal, onEvent });
  const { environment, mined } = (collected ?? own)!;
  const { tasks } = mined;
  const model: BaseModel = {
    ...opened,
    weights: await readBaseWeights(opened.source, opened.config, settings.baseWeights),
  };

  const root = await prepareRuns(environment.workspace);
  await using lock = await Lock.acquire(trainingLock(environment.workspace), 'The workspace', as);
  await using run = plan.resume
    ? await RunDirectory.open(plan.resume, lock)
    : await RunDirectory.create(
        root,
        {
          workspace: environment.workspace,
          model: model.directory,
          seed: settings.seed,
          config: settings,
          versions: { ...versions(), device },
        },
        lock,
      );
  const { path, info } = run;
  const resumed = plan.resume !== undefined;
  const before = resumed ? await firstEvaluation(path) : undefined;
  onEvent({ event: 'run', id: info.id, path, resumed, settings, tasks, before });
  try {
    const grader = environment;
    const accepted = await examplesFor(plan, environment.workspace, model, tasks);
    const context = { model, tasks, grader, run, settings, accepted, device, signal, gate, onEvent };
    const result = await train(context);
    await run.finish('finished', result.braked);
    return { run: path, result };
  } catch (error) {
    await noteEnd(run, error, signal);
    throw error;
  }
}

/** Accepted completions, if they are to be learnt from; those of files with held-out tasks would give these away. */
async function examplesFor(
  { settings }: TrainingPlan,
  workspace: string,
  model: BaseModel,
  tasks: readonly Task[],
): Promise<Episode[]> {
  if (settings.acceptedEpochs === 0) return [];
  const heldOut = new Set(tasks.filter(({ split }) => split === 'heldOut').map(({ file }) => file));
  const examples = (await readAccepted(workspace)).filter(({ file }) => !heldOut.has(file));
  return demonstrations(examples, model, settings);
}

async function firstEvaluation(run: string): Promise<Evaluation | undefined> {
  for await (const { event, scores } of readRunLog(run, 'events')) {
    if (event === 'evaluation') return scores as Evaluation;
  }
  return undefined;
}

/** What ended the run matters more than that it could not be written down, as on a full disk. */
async function noteEnd(run: RunDirectory, error: unknown, signal: AbortSignal): Promise<void> {
  const stopped = signal.aborted;
  const reason = error instanceof HumanError ? error.message : `It failed unexpectedly: ${error}`;
  await run.finish(stopped ? 'stopped' : 'failed', stopped ? 'It was stopped.' : reason).catch(() => {});
}
