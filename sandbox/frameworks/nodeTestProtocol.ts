import type { TestOutcome } from '../reward.ts';

/** What the parent asks of the runner inside the sandbox: one line of JSON on its standard input. */
export interface RunnerJob {
  /** Opens the answer. It is known to the runner alone, because it arrives before any code under test is loaded. */
  readonly nonce: string;
  /** Absolute paths of the test files to run, one after the other, in one process. */
  readonly files: readonly string[];
  /** Ids of the tests to run; without them every test runs. Once each has been reported, the answer is given. */
  readonly tests: readonly string[] | undefined;
  /** JavaScript to load in place of these files, by absolute path: the completion, and what was TypeScript. */
  readonly sources: Readonly<Record<string, string>>;
  /** Folder whose loaded modules are reported. */
  readonly workspace: string;
  /** Whether to report which functions were executed. */
  readonly coverage: boolean;
}

/** What the runner answers, after the nonce and a space. */
export interface RunnerReport {
  readonly outcomes: readonly TestOutcome[];
  /** Absolute paths of the workspace's modules that were loaded. */
  readonly loaded: readonly string[];
  /** Why a test file could not be loaded, such as `SyntaxError: …`. */
  readonly loadError?: string;
  /**
   * Test's id (empty for what ran outside of tests) → loaded module → the [start, end) offsets, in the JavaScript that
   * ran, of every function that was executed meanwhile.
   */
  readonly executed: Readonly<
    Record<string, Readonly<Record<string, readonly (readonly [number, number])[]>>>
  >;
}
