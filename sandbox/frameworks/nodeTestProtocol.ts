/** What the parent asks of the runner inside the sandbox: one line of JSON on its standard input. */
export interface RunnerJob {
  /** Opens the answer. It is known to the runner alone, because it arrives before any code under test is loaded. */
  readonly nonce: string;
  /** Absolute paths of the test files to run, one after the other, in one process. */
  readonly files: readonly string[];
  /** Regular expressions over test names; without them every test runs. */
  readonly names: readonly string[] | undefined;
  /** JavaScript to load in place of these files, by absolute path: the completion, and what was TypeScript. */
  readonly sources: Readonly<Record<string, string>>;
  /** Folder whose loaded modules are reported. */
  readonly workspace: string;
  /** Whether to report which functions were executed. */
  readonly coverage: boolean;
}

/** One test's end. `path` holds the names of its suites and its own. */
export interface RunnerOutcome {
  readonly file: string | undefined;
  readonly path: readonly string[];
  readonly passed: boolean;
  readonly message?: string;
}

/** What the runner answers, after the nonce and a space. */
export interface RunnerReport {
  readonly outcomes: readonly RunnerOutcome[];
  /** Absolute paths of the workspace's modules that were loaded. */
  readonly loaded: readonly string[];
  /** Why a test file could not be loaded, such as `SyntaxError: …`. */
  readonly loadError?: string;
  /** For each loaded module the [start, end) offsets, in the JavaScript that ran, of every function that was executed. */
  readonly executed: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}
