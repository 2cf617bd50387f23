import { mkdir, rm } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Task } from '../../sandbox/tasks/task.ts';
import { readJson } from '../files/readJson.ts';
import { asWriteError, replaceJson } from '../files/replaceFile.ts';
import { AppendLog } from './appendLog.ts';
import {
  type Checkpoint,
  clearLeftovers,
  listCheckpoints,
  pruneCheckpoints,
  readCheckpoint,
  type StoredCheckpoint,
  type TrainedWeights,
  writeBest,
  writeCheckpoint,
} from './checkpoint.ts';
import { Lock } from './lock.ts';
import { logPath } from './logPath.ts';
import {
  type EpisodeRecord,
  type EventRecord,
  type LogName,
  type LogRecord,
  logNames,
  type RunInfo,
  type RunStatus,
  runInfo,
  type StepRecord,
  type TaskList,
  taskList,
  taskRecordOf,
} from './records.ts';

/** What a new run starts from. `versions` are added to those of Node and the platform. */
export type NewRun = Pick<RunInfo, 'workspace' | 'model' | 'seed' | 'config' | 'versions'>;

/** A record as it is handed in: the time is added. */
export type Untimed<T extends { time: string }> = T extends unknown ? Omit<T, 'time'> : never;

type Logs = { readonly [Name in LogName]: AppendLog<LogRecord<Name>> };

const keptCheckpoints = 2;

/**
 * A run that this process writes (it holds the run's lock):
 *
 *     run.json         what runs, and how it stands
 *     tasks.json       the tasks that it learns from and is measured by
 *     episodes.jsonl   every try at a task, with its reward
 *     steps.jsonl      every learner step's metrics
 *     events.jsonl     phases, evaluations, the end
 *     checkpoints/     step-N/: the last two, each with all that a run needs to go on as if it had never stopped
 *     best/            the weights that did best on held-out tasks
 *
 * Killed at any moment it can be opened again: `resume` cuts the logs back to the last checkpoint.
 */
export class RunDirectory implements AsyncDisposable {
  readonly path: string;
  readonly #lock: Lock;
  /** What else must stay locked while it is written. */
  readonly #around: Lock | undefined;
  readonly #logs: Logs;
  #info: RunInfo;
  #open = true;

  private constructor(path: string, lock: Lock, around: Lock | undefined, logs: Logs, info: RunInfo) {
    this.path = path;
    this.#lock = lock;
    this.#around = around;
    this.#logs = logs;
    this.#info = info;
  }

  /**
   * Makes a run in `root`, named after the present time.
   *
   * @param around another lock that its writing depends on.
   * @throws HumanError when the disk is full or `root` may not be written to; nothing is left then.
   */
  static async create(root: string, run: NewRun, around?: Lock): Promise<RunDirectory> {
    const created = now();
    const path = await makeRunPath(root, created);
    try {
      const info: RunInfo = {
        format: 1,
        id: path.slice(root.length + 1),
        created,
        ...run,
        versions: { node: process.version, platform: `${platform()}-${arch()}`, ...run.versions },
        status: { state: 'running', time: created },
      };
      const lock = await Lock.acquire(path, 'This run');
      const logs = await openLogs(path);
      await replaceJson(join(path, 'run.json'), info);
      return new RunDirectory(path, lock, around, logs, info);
    } catch (error) {
      await rm(path, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Opens a run to go on with it.
   *
   * @param around another lock that its writing depends on.
   * @throws HumanError when it does not exist, is damaged, or another process is writing it.
   */
  static async open(path: string, around?: Lock): Promise<RunDirectory> {
    const info = await readRunInfo(path);
    const lock = await Lock.acquire(path, `The run ${path}`);
    try {
      await clearLeftovers(path);
      await clearLeftovers(join(path, 'checkpoints'));
      return new RunDirectory(path, lock, around, await openLogs(path), info);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  get info(): RunInfo {
    return this.#info;
  }

  /** Writes down the tasks, for whoever reads the run. */
  writeTasks(tasks: readonly Task[]): Promise<void> {
    const list: TaskList = { format: 1, tasks: tasks.map(taskRecordOf) };
    return replaceJson(join(this.path, 'tasks.json'), list);
  }

  /** Adds episodes in one write. They are safe from a power cut once the next step or checkpoint is written. */
  appendEpisodes(episodes: readonly Untimed<EpisodeRecord>[]): Promise<void> {
    const time = now();
    return this.#logs.episodes.append(episodes.map((episode) => ({ time, ...episode })));
  }

  /**
   * Adds a learner step, and forces it and all that came before it to disk.
   *
   * @throws HumanError when the disk is full, or somebody deleted the run meanwhile.
   */
  async appendStep(step: Untimed<StepRecord>): Promise<void> {
    await this.#logs.steps.append([{ time: now(), ...step }]);
    await this.#syncLogs();
  }

  appendEvent(event: { readonly event: string; readonly [field: string]: unknown }): Promise<void> {
    return this.#logs.events.append([{ time: now(), ...event } satisfies EventRecord]);
  }

  /**
   * Makes this the moment that a resumed run starts from, and removes all but the last two checkpoints.
   *
   * @throws HumanError when the disk is full, or somebody deleted the run meanwhile; the earlier checkpoints stay whole.
   */
  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.#syncLogs();
    const lengths = logNames.map((name) => [name, this.#logs[name].length]);
    const directory = join(this.path, 'checkpoints');
    const path = join(directory, `step-${checkpoint.step}`);
    await writeCheckpoint(path, checkpoint, Object.fromEntries(lengths) as Record<LogName, number>);
    await pruneCheckpoints(directory, keptCheckpoints);
  }

  /**
   * Goes back to the last checkpoint: the logs forget what came after it. Without one they forget everything, the
   * answer is undefined, and the run starts from its beginning.
   *
   * @param state checks the checkpoint's own `state`.
   */
  async resume<S extends z.ZodType>(state: S): Promise<StoredCheckpoint<z.output<S>> | undefined> {
    const last = (await listCheckpoints(join(this.path, 'checkpoints'))).at(-1);
    const checkpoint = last && (await readCheckpoint(last.path, state));
    for (const name of logNames) await this.#logs[name].truncate(checkpoint?.logs[name] ?? 0);
    await this.#setStatus({ state: 'running', time: now() });
    return checkpoint;
  }

  /**
   * Keeps these weights as the run's best, with what is to be said about them (`best/about.json`). Save them before the
   * checkpoint that knows of them, so that a kill between the two repeats them instead of losing them.
   */
  async saveBest(trained: TrainedWeights, about: unknown): Promise<void> {
    await this.#confirm();
    await writeBest(join(this.path, 'best'), trained, about);
  }

  /** Writes down how the run ended, and closes it. `reason` is a sentence. */
  async finish(state: Exclude<RunStatus['state'], 'running'>, reason?: string): Promise<void> {
    await this.#syncLogs();
    await this.#setStatus({ state, time: now(), ...(reason === undefined ? {} : { reason }) });
    await this.close();
  }

  /** Lets go of the run without a word about its end. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    for (const name of logNames) await this.#logs[name].close();
    await this.#lock.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #syncLogs(): Promise<void> {
    await this.#confirm();
    await Promise.all(logNames.map((name) => this.#logs[name].sync()));
  }

  /** What is written to a directory that was deleted goes nowhere. */
  async #confirm(): Promise<void> {
    await this.#lock.confirm();
    await this.#around?.confirm();
  }

  async #setStatus(status: RunStatus): Promise<void> {
    const info = { ...this.#info, status };
    await replaceJson(join(this.path, 'run.json'), info);
    this.#info = info;
  }
}

/** @throws HumanError when there is no run at `path`, or its run.json is damaged. */
export function readRunInfo(path: string): Promise<RunInfo> {
  return readJson(join(path, 'run.json'), runInfo, 'choose another run, or start a new one');
}

/** @throws HumanError when the run at `path` has no tasks.json, or a damaged one. */
export function readTasks(path: string): Promise<TaskList> {
  return readJson(join(path, 'tasks.json'), taskList, 'its tasks cannot be shown, start a new run');
}

async function openLogs(path: string): Promise<Logs> {
  const opened = await Promise.all(
    logNames.map(async (name) => [name, await AppendLog.open(logPath(path, name))]),
  );
  return Object.fromEntries(opened) as Logs;
}

const now = () => new Date().toISOString();

/** A new directory such as `2026-11-22T07-30-05`; a second one in the same second gets `-2`. */
async function makeRunPath(root: string, created: string): Promise<string> {
  const stem = join(root, created.slice(0, 19).replaceAll(':', '-'));
  try {
    await mkdir(root, { recursive: true });
    for (let n = 1; ; n++) {
      const path = n === 1 ? stem : `${stem}-${n}`;
      const made = await mkdir(path).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false;
          throw error;
        },
      );
      if (made) return path;
    }
  } catch (error) {
    throw asWriteError(error, root);
  }
}
