import { realpath, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { WorkspaceFrameworks } from './frameworks/workspaceFrameworks.ts';
import { Grader } from './grading/grader.ts';
import { HumanError } from './humanError.ts';
import { DEFAULT_LIMITS, type Isolation, type Limits } from './isolation/isolation.ts';
import { chooseIsolation } from './isolation/probe.ts';
import type { Reward } from './reward.ts';
import type { Gates } from './tasks/judgeCandidate.ts';
import { type Mined, type MiningOptions, mine } from './tasks/mine.ts';
import { SyntaxTrees } from './tasks/syntaxTrees.ts';
import type { Task } from './tasks/task.ts';

export interface EnvironmentOptions {
  /** `auto` takes what the system has and refuses where it has none; `none` is the explicit way to do without. */
  readonly isolation?: 'auto' | 'bubblewrap' | 'none';
  /** Gradings at a time; the number of processors by default. */
  readonly concurrency?: number;
  /** Decides which files are held out. */
  readonly seed?: number;
  readonly limits?: Partial<Limits>;
  /** Tests that must depend on a function, for it to be a task; 1 by default. */
  readonly minTests?: number;
  /** Globs of the files that hold tests; without any, those whose names frameworks look for. */
  readonly testFiles?: readonly string[];
  /** Whether completions are refused unrun for what they use; only the isolation's own tests do without. */
  readonly denylist?: boolean;
  readonly signal?: AbortSignal;
}

export interface MinedTasks extends Mined {
  readonly seconds: number;
}

/** A workspace as the place where completions are tried: its tasks, and what a completion of one is worth. */
export class Environment implements AsyncDisposable {
  /** Absolute, without symbolic links. */
  readonly workspace: string;
  readonly isolation: Isolation['kind'];
  readonly #frameworks: WorkspaceFrameworks;
  readonly #grader: Grader;
  readonly #trees: SyntaxTrees;
  readonly #testFiles: readonly string[];
  readonly #seed: number;
  readonly #concurrency: number;
  readonly #gates: Partial<Gates>;

  private constructor(
    workspace: string,
    isolation: Isolation,
    trees: SyntaxTrees,
    options: EnvironmentOptions,
  ) {
    this.workspace = workspace;
    this.isolation = isolation.kind;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#concurrency = options.concurrency ?? availableParallelism();
    const { testFiles = [] } = options;
    this.#testFiles = testFiles;
    this.#frameworks = new WorkspaceFrameworks(
      { workspace, limits, concurrency: this.#concurrency, testFiles },
      isolation,
    );
    this.#gates = options.minTests === undefined ? {} : { minTests: options.minTests };
    this.#trees = trees;
    this.#grader = new Grader(workspace, this.#frameworks, trees, options);
    this.#seed = options.seed ?? 0;
  }

  /** @throws HumanError when the folder is missing, or isolation is not to be had. */
  static async open(workspace: string, options: EnvironmentOptions = {}): Promise<Environment> {
    const folder = await stat(workspace).catch(() => undefined);
    if (!folder?.isDirectory()) {
      throw new HumanError(
        folder
          ? `The workspace ${workspace} is a file: name the folder that it is in.`
          : `The workspace folder ${workspace} does not exist: check the path.`,
      );
    }
    const isolation = await chooseIsolation(options.isolation ?? 'auto');
    options.signal?.throwIfAborted();
    return new Environment(await realpath(workspace), isolation, await SyntaxTrees.load(), options);
  }

  /**
   * Collects the workspace's tasks, in the order of files and lines.
   * @throws HumanError when there is nothing to learn from, with the reason. @throws the signal's reason when aborted.
   */
  async mine(options: MiningOptions = {}): Promise<MinedTasks> {
    const start = performance.now();
    const room = {
      workspace: this.workspace,
      frameworks: this.#frameworks,
      grader: this.#grader,
      trees: this.#trees,
      testFiles: this.#testFiles,
      seed: this.#seed,
      concurrency: this.#concurrency,
    };
    const mined = await mine(room, { ...options, gates: { ...this.#gates, ...options.gates } });
    return { ...mined, seconds: (performance.now() - start) / 1000 };
  }

  /**
   * Judges a completion: the text between the braces of the task's function. Any number may be under way at once.
   * @throws the signal's reason when aborted; never because of what the completion does.
   */
  grade(task: Task, body: string, signal?: AbortSignal): Promise<Reward> {
    return this.#grader.grade(task, body, signal);
  }

  /** Kills whatever still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#frameworks[Symbol.asyncDispose]();
  }
}
