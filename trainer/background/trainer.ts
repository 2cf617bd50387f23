import { join } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';
import { findAdapter } from '../cli/adapter.ts';
import { embeddedModel } from '../cli/places.ts';
import { replaceJson } from '../files/replaceFile.ts';
import { chooseDevice } from '../graph/device.ts';
import type {
  Activity,
  ActivityEnd,
  EvaluateWish,
  PauseReason,
  Preflight,
  PreflightProgress,
  ResumeWish,
  Scores,
  ScoresFile,
  TaskListing,
  TasksWish,
  TrainerState,
  TrainingWish,
} from '../protocol/training.ts';
import { scoresFile } from '../protocol/training.ts';
import { Gate } from '../run/gate.ts';
import { taskRecordOf } from '../run/records.ts';
import { trainSettings } from '../run/settings.ts';
import { wantedTasks } from '../session/collect.ts';
import { measure } from '../session/measure.ts';
import { secondsLeft } from '../session/progress.ts';
import { resumedPlan } from '../session/resume.ts';
import { settingsOf } from '../session/settings.ts';
import { type TrainingEvent, type TrainingPlan, trainWorkspace } from '../session/train.ts';
import { CurrentActivity } from './activity.ts';
import { CollectedTasks } from './collectedTasks.ts';
import { preflight } from './preflight.ts';
import { type TrainingPart, TrainingState } from './trainingState.ts';

export interface TrainerOptions {
  readonly workspace: string;
  readonly version: string;
  /** Told that the state is another; `now` when people should see it at once. */
  readonly onChange: (now: boolean) => void;
  readonly onLog: (line: string) => void;
}

const nothing: TrainingPart = { phase: 'idle', step: 0, steps: 0 };

/** Collects, trains and measures in one workspace, one thing at a time. */
export class Trainer implements AsyncDisposable {
  readonly #options: TrainerOptions;
  readonly #tasks: CollectedTasks;
  readonly #current: CurrentActivity;
  #gate = new Gate();
  #pausedBecause: PauseReason | undefined;
  #part: TrainingPart = nothing;
  #lastEnd: ActivityEnd | undefined;

  constructor(options: TrainerOptions) {
    this.#options = options;
    this.#tasks = new CollectedTasks(options.workspace);
    this.#current = new CurrentActivity((end, error) => this.#onEnd(end, error));
  }

  get busy(): boolean {
    return this.#current.activity !== undefined;
  }

  get state(): TrainerState {
    const { version, workspace } = this.#options;
    const { activity, stopping } = this.#current;
    const because = this.#pausedBecause;
    const { secondsLeft: left, ...part } = this.#part;
    const phase = stopping ? 'stopping' : because ? 'paused' : part.phase;
    return {
      pid: process.pid,
      version,
      workspace,
      ...part,
      phase: activity === undefined ? 'idle' : phase,
      ...(left === undefined ? {} : { secondsLeft: left }),
      ...(activity === undefined ? {} : { activity }),
      ...(because === undefined ? {} : { pausedBecause: because }),
      ...(this.#lastEnd ? { lastEnd: this.#lastEnd } : {}),
    };
  }

  preflight(
    wish: TrainingWish,
    cancelled: AbortSignal,
    onProgress: (progress: PreflightProgress) => void,
  ): Promise<Preflight> {
    return this.#run(
      'preflight',
      'collecting',
      async (signal) => {
        const report = (progress: PreflightProgress) => {
          this.#set({ ...nothing, phase: 'collecting', progress: progress.done });
          onProgress(progress);
        };
        const value = await preflight(this.#planOf(wish), this.#tasks, { signal, onProgress: report });
        const can = value.obstacles.length === 0;
        return {
          value,
          reason: can ? 'A training can start.' : `No training can start: ${value.obstacles.join(' ')}`,
        };
      },
      cancelled,
    );
  }

  async start(wish: TrainingWish): Promise<void> {
    await this.#train(() => this.#planOf(wish));
  }

  async resumeRun({ run, isolation }: ResumeWish): Promise<void> {
    await this.#train(() => resumedPlan({ workspace: this.#options.workspace, run, isolation }));
  }

  stop(): Promise<void> {
    const ended = this.#current.stop();
    this.#changed(true);
    return ended;
  }

  /** @throws HumanError when there is nothing to pause. */
  pause(because: PauseReason): void {
    const { activity } = this.#current;
    if (activity !== 'training' && activity !== 'evaluation') {
      throw new HumanError('Nothing is being trained that could be paused.');
    }
    // What a person paused is not the battery's to continue.
    this.#pausedBecause = this.#pausedBecause === 'user' ? 'user' : because;
    this.#gate.pause();
    this.#options.onLog(
      because === 'battery' ? 'Paused, because the machine runs on its battery.' : 'Paused.',
    );
    this.#changed(true);
  }

  continue(): void {
    if (this.#pausedBecause === undefined) return;
    this.#pausedBecause = undefined;
    this.#gate.continue();
    this.#options.onLog('Going on.');
    this.#changed(true);
  }

  /** Lets others have the processor for so long. */
  yieldFor(milliseconds: number): void {
    this.#gate.yieldFor(milliseconds);
  }

  evaluate(
    { model, adapter, device: wanted, isolation }: EvaluateWish,
    cancelled: AbortSignal,
  ): Promise<Scores> {
    const { workspace } = this.#options;
    return this.#run(
      'evaluation',
      'preparing',
      async (signal) => {
        const found = adapter === undefined ? undefined : await findAdapter(adapter, workspace);
        const directory = model ?? found?.run?.model ?? embeddedModel;
        const settings = trainSettings.safeParse(found?.run?.config).data ?? settingsOf({});
        const { device } = await chooseDevice(wanted, signal);
        this.#set({ ...nothing, phase: 'collecting' });
        const collected = await this.#tasks.get(wantedTasks({ isolation, settings }), signal, () => {});
        this.#set({ ...nothing, phase: 'evaluating', progress: 0 });
        let left: ((done: number) => number | undefined) | undefined;
        const scores = await measure({ model: directory, adapter: found, settings, device }, collected, {
          signal,
          gate: () => this.#gate.pass(signal),
          onProgress: (graded, of) => {
            left ??= secondsLeft(of);
            const seconds = left(graded);
            const rest = seconds === undefined ? {} : { secondsLeft: seconds };
            this.#set({ ...nothing, phase: 'evaluating', progress: graded / of, ...rest });
          },
        });
        if (found) {
          const file: ScoresFile = { format: 1, time: new Date().toISOString(), model: directory, scores };
          await replaceJson(join(found.directory, scoresFile), file);
        }
        const percent = (100 * scores.heldOut.passAt1).toFixed(1);
        return {
          value: scores,
          reason: `${adapter ?? 'The base model'} passes ${percent}% of its tries at held-out tasks.`,
        };
      },
      cancelled,
    );
  }

  tasks({ isolation, settings = {} }: TasksWish, cancelled: AbortSignal): Promise<TaskListing> {
    return this.#run(
      'preflight',
      'collecting',
      async (signal) => {
        const wanted = wantedTasks({ isolation, settings: settingsOf(settings) });
        const { mined } = await this.#tasks.get(wanted, signal, (event) => {
          if (event.event !== 'collecting') return;
          this.#set({ ...nothing, phase: 'collecting', progress: event.done / Math.max(1, event.total) });
        });
        const tasks = mined.tasks.map(taskRecordOf).map(({ header, body, ...task }) => task);
        const { rejected } = mined;
        return { value: { tasks, rejected }, reason: `${tasks.length} tasks were found.` };
      },
      cancelled,
    );
  }

  /** Ends what is under way, so that it can be resumed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#tasks[Symbol.asyncDispose]();
  }

  #planOf({ model, device, isolation, settings }: TrainingWish): TrainingPlan {
    const { workspace } = this.#options;
    return { workspace, model: model ?? embeddedModel, settings: settingsOf(settings), device, isolation };
  }

  /** Resolves once the run is there; the training goes on. */
  async #train(planFrom: () => TrainingPlan | Promise<TrainingPlan>): Promise<void> {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const whole = this.#run('training', 'preparing', async (signal) => {
      const plan = await planFrom();
      this.#gate = new Gate();
      const gate = this.#gate;
      const state = new TrainingState(() => performance.now() / 1000 - gate.secondsShut);
      const onEvent = (event: TrainingEvent) => {
        state.onEvent(event);
        this.#set(state.part);
        this.#logTraining(event);
        if (event.event === 'run') begin();
      };
      onEvent({ event: 'isolation' });
      const collected = await this.#tasks.get(wantedTasks(plan), signal, onEvent);
      const { run, result } = await trainWorkspace(plan, {
        signal,
        gate,
        collected,
        as: 'a training that a VS Code window started',
        onEvent,
      });
      return { value: undefined, run, reason: result.braked ?? 'All steps are done.' };
    });
    // How a training ends is told by `lastEnd`; here only that it did not begin.
    whole.catch(() => {});
    await Promise.race([begun, whole]);
  }

  async #run<T>(
    activity: Activity,
    phase: TrainingPart['phase'],
    work: (signal: AbortSignal) => Promise<{ value: T; reason: string; run?: string }>,
    cancelled?: AbortSignal,
  ): Promise<T> {
    return this.#current.run(
      activity,
      async (signal) => {
        this.#set({ ...nothing, phase });
        return work(signal);
      },
      cancelled,
    );
  }

  #onEnd(end: ActivityEnd, error: unknown): void {
    const run = end.run ?? this.#part.run?.path;
    this.#lastEnd = { ...end, ...(run === undefined ? {} : { run }) };
    this.#pausedBecause = undefined;
    this.#gate.continue();
    this.#options.onLog(`The ${end.activity} ${end.outcome}: ${end.reason}`);
    const isBug = end.outcome === 'failed' && !(error instanceof HumanError);
    if (isBug && error instanceof Error && error.stack) this.#options.onLog(error.stack);
    this.#changed(true);
  }

  #set(part: TrainingPart): void {
    const before = this.#part;
    const now = part.phase !== before.phase || part.step !== before.step || part.run !== before.run;
    this.#part = part;
    this.#changed(now);
  }

  #changed(now: boolean): void {
    this.#options.onChange(now);
  }

  #logTraining(event: TrainingEvent): void {
    const { onLog } = this.#options;
    if (event.event === 'device') onLog(`Device: ${event.device}, because ${event.reason}.`);
    if (event.event === 'run') onLog(`${event.resumed ? 'Going on with' : 'Run'} ${event.path}`);
    if (event.event === 'step') {
      const { reward = 0, kl = 0 } = event.metrics;
      onLog(`step ${event.step}/${event.steps}: reward ${reward.toFixed(3)}, KL ${kl.toFixed(4)}`);
    }
    if (event.event === 'evaluation') {
      const { train, heldOut } = event.scores;
      const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
      const trained = train.samples > 0 ? `train ${percent(train.passAt1)}, ` : '';
      onLog(`pass@1 after ${event.step} steps: ${trained}held out ${percent(heldOut.passAt1)}`);
    }
  }
}
