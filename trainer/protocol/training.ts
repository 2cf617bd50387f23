/**
 * The trainer (dist/trainer.js): one process for each workspace folder, which outlives the window that started it. Windows
 * find it by `trainer.json` in the folder's `.reinforce`, and talk to it over its socket. Paths are absolute.
 */
import { NotificationType, NotificationType0, RequestType, RequestType0 } from 'vscode-jsonrpc/node';

/** `<workspace>/.reinforce/trainer.json`: how to reach the trainer, if the process is alive. */
export interface TrainerAddress {
  readonly pid: number;
  /** A Unix socket, or a named pipe of Windows. */
  readonly socket: string;
  readonly version: string;
}

/** The folder of a workspace that runs and the trainer's files are in. */
export const trainerFolder = '.reinforce';
export const addressFile = 'trainer.json';

/**
 * preparing: the device is chosen and the model loaded. evaluating, sampling, learning: the three parts of a training.
 * evaluating is also what `evaluate` does. stopping: what is under way is being ended, so that it can be resumed.
 */
export type TrainerPhase =
  | 'idle'
  | 'collecting'
  | 'preparing'
  | 'evaluating'
  | 'sampling'
  | 'learning'
  | 'paused'
  | 'stopping';

/** What the trainer was asked for and is doing. */
export type Activity = 'preflight' | 'training' | 'evaluation';

export type PauseReason = 'user' | 'battery';

/** Scores of one split. Shares are in [0, 1]. */
export interface Score {
  readonly tasks: number;
  readonly samples: number;
  readonly passAt1: number;
  /** 95% interval of `passAt1`. */
  readonly ci95: readonly [number, number];
  readonly reward: number;
}

export interface Scores {
  readonly train: Score;
  readonly heldOut: Score;
}

/** How something came to its end. `reason` is a sentence for people. */
export interface ActivityEnd {
  readonly activity: Activity;
  readonly outcome: 'finished' | 'stopped' | 'failed';
  readonly reason: string;
  /** Directory of the run, where there was one. */
  readonly run?: string;
  readonly time: string;
}

export interface TrainerState {
  readonly pid: number;
  readonly version: string;
  readonly workspace: string;
  readonly phase: TrainerPhase;
  readonly activity?: Activity;
  readonly run?: { readonly id: string; readonly path: string };
  /** Learner steps done, and those that the run is to have. */
  readonly step: number;
  readonly steps: number;
  /** Of the last step's tries. */
  readonly reward?: number;
  readonly passAt1?: number;
  /** pass@1 on held-out tasks, before the training and as last measured. */
  readonly heldOutBefore?: Score;
  readonly heldOutLast?: Score;
  readonly secondsLeft?: number;
  /** Share of the activity that is done, in [0, 1]. */
  readonly progress?: number;
  readonly pausedBecause?: PauseReason;
  readonly lastEnd?: ActivityEnd;
}

export type DeviceWish = 'auto' | 'cpu' | 'webgpu' | 'cuda';
export type IsolationWish = 'auto' | 'bubblewrap' | 'none';

/** What a training is to be. `settings` are those of the trainer by name; what is left out has its default. */
export interface TrainingWish {
  /** Directory of the base model; left out for the embedded one. */
  readonly model?: string;
  readonly device: DeviceWish;
  readonly isolation: IsolationWish;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Which tasks are to be listed: those that a training with these settings would have. */
export interface TasksWish {
  readonly isolation: IsolationWish;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface ResumeWish {
  /** Directory or id of the run; left out for the newest that was stopped or killed. */
  readonly run?: string;
  readonly isolation: IsolationWish;
}

/** What is known before a training begins. A part that could not be found out has a sentence that says why. */
export interface Preflight {
  readonly tasks: Finding<{
    readonly train: number;
    readonly heldOut: number;
    readonly files: number;
    /** Functions that are no tasks. */
    readonly rejected: number;
    /** Tests that completions will be judged by. */
    readonly tests: number;
    /** Tests that fail or flip, by which nothing is judged. */
    readonly leftOut: number;
    readonly seconds: number;
  }>;
  readonly sandbox: Finding<{ readonly isolation: string }>;
  readonly device: Finding<{ readonly device: string; readonly reason: string }>;
  readonly model: Finding<{ readonly name: string; readonly parameters: number }>;
  readonly memory: Finding<{ readonly neededBytes: number; readonly freeBytes: number }>;
  /** An estimate, at the pace of an earlier run here with the same model and device, or of a short probe. */
  readonly time: Finding<{ readonly seconds: number; readonly by: 'earlier-run' | 'probe' }>;
  /** Why a training cannot start, as sentences; it can where there are none. */
  readonly obstacles: readonly string[];
  /** What a person should know before starting, as sentences. */
  readonly warnings: readonly string[];
}

export type Finding<T> =
  | ({ readonly known: true } & T)
  | {
      readonly known: false;
      readonly why: string;
    };

export interface PreflightProgress {
  /** Such as "Running the tests". */
  readonly doing: string;
  /** Share of this part that is done, in [0, 1]. */
  readonly done: number;
}

export interface EvaluateWish {
  /** Directory of the base model; left out for the run's own, or the embedded one. */
  readonly model?: string;
  /** Directory of the adapter; left out for the base model alone. */
  readonly adapter?: string;
  readonly device: DeviceWish;
  readonly isolation: IsolationWish;
}

/** `scores.json` beside an adapter: fresh scores that `evaluate` took. */
export interface ScoresFile {
  readonly format: 1;
  readonly time: string;
  readonly model: string;
  readonly scores: Scores;
}
export const scoresFile = 'scores.json';

export interface FoundTask {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  /** Line on which the body opens, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly split: 'train' | 'heldOut';
  readonly tests: readonly string[];
}

export interface RejectedFunction {
  readonly file: string;
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** Such as `never-called-by-tests`. */
  readonly reason: string;
}

export interface TaskListing {
  readonly tasks: readonly FoundTask[];
  readonly rejected: readonly RejectedFunction[];
}

/** Answers the whole state; from then on this window is told of every change. */
export const attachRequest = new RequestType0<TrainerState, void>('trainer/attach');
/** Looks at everything that a training needs; what it finds is kept for a start soon after. Can be cancelled. */
export const preflightRequest = new RequestType<TrainingWish, Preflight, void>('trainer/preflight');
/** Answers once the training has begun, or what was wrong; how it ends is in `lastEnd`. */
export const startRequest = new RequestType<TrainingWish, null, void>('trainer/start');
export const resumeRunRequest = new RequestType<ResumeWish, null, void>('trainer/resumeRun');
/** Ends what is under way, so that it can be resumed; answers once it has ended. */
export const stopRequest = new RequestType0<null, void>('trainer/stop');
export const pauseRequest = new RequestType<{ readonly because: PauseReason }, null, void>('trainer/pause');
export const continueRequest = new RequestType0<null, void>('trainer/continue');
/** Can be cancelled. */
export const evaluateRequest = new RequestType<EvaluateWish, Scores, void>('trainer/evaluate');
/** The workspace's tasks, collected anew unless that was just done. Can be cancelled. */
export const tasksRequest = new RequestType<TasksWish, TaskListing, void>('trainer/tasks');
/** Ends the process; refused while something is under way. */
export const shutdownRequest = new RequestType0<null, void>('trainer/shutdown');

/** From the window: somebody types, so the trainer lets others have the processor for so long. */
export const trainerTyping = new NotificationType<{ readonly milliseconds: number }>('trainer/typing');

export const trainerStateChanged = new NotificationType<TrainerState>('trainer/state');
export const preflightProgress = new NotificationType<PreflightProgress>('trainer/preflightProgress');
/** A line of the trainer's log. */
export const trainerLog = new NotificationType<string>('trainer/log');
/** The trainer ends by itself because nothing is left to do. */
export const trainerGoodbye = new NotificationType0('trainer/goodbye');

/** Errors that people can act on carry this code; their message is a sentence. Others are bugs. */
export const humanErrorCode = 1;
