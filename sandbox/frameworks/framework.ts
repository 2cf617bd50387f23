import type { TestOutcome } from '../reward.ts';

/** Between the parts of a test's id: `<test file> > <suite> > <test>`. */
export const SEPARATOR = ' > ';

/** The test file of a test's id. */
export function fileOfTest(id: string): string {
  return id.slice(0, id.indexOf(SEPARATOR));
}

/** Where a function stands whose execution is to be noticed. */
export interface FunctionPlace {
  /** Path inside the workspace, with `/` between folders. */
  readonly file: string;
  /** `name`, or `Class.name` for a method. */
  readonly name: string;
  /** Line of the function itself, counted from 1. */
  readonly line: number;
  /** Offset at which the text of its body starts, right after the `{` where there is one. */
  readonly bodyStart: number;
  /** Offset at which it ends, before the `}` where there is one. */
  readonly bodyEnd: number;
}

/** What to run. All paths are inside the workspace, with `/` between folders. */
export interface TestRequest {
  readonly files: readonly string[];
  /** Ids of the tests to run; without them all of the files' tests. A few more may run, where names coincide. */
  readonly tests?: readonly string[] | undefined;
  /** Texts that take the place of files, for this run alone. A file that does not exist is there for this run alone. */
  readonly replace?: Readonly<Record<string, string>> | undefined;
  /** Functions of which the run tells whether they were executed. */
  readonly watch?: readonly FunctionPlace[] | undefined;
  /** Runs in a sandbox that has run nothing before, and nothing after. */
  readonly cold?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Why a run gave no results of tests. */
export interface NoReport {
  readonly kind: 'timeout' | 'out-of-memory' | 'too-much-output' | 'crashed' | 'infrastructure';
  readonly message: string;
  /** The code under test ended the process with success before its tests had ended, or wrote an answer of its own. */
  readonly cheat?: 'exited-early' | 'forged-report';
  readonly limit?: 'processes';
}

/** What the tests said. */
export interface TestReport {
  readonly kind: 'report';
  /** Each test that ran, as often as it was reported; skipped ones are left out. */
  readonly outcomes: readonly TestOutcome[];
  /** Why a test file could not be loaded, such as `SyntaxError: …`. */
  readonly loadError: string | undefined;
  /** Those of the watched functions that were executed, by the tests or while loading. */
  readonly executed: ReadonlySet<FunctionPlace>;
}

/** How a run ended: with the tests' own results, or without because the process did not live to give them. */
export type TestRun = TestReport | NoReport;

export type FrameworkName = 'node:test' | 'vitest' | 'jest' | 'mocha' | 'pytest' | 'unittest';

/**
 * A test framework, as it runs the tests of one folder: all that is known about it stands behind this interface.
 *
 * Every run happens inside isolation. The job (with a nonce that opens the answer) reaches the sandbox before any code
 * of the workspace is loaded, and the answer comes back on a descriptor of the parent's.
 */
export interface Framework extends AsyncDisposable {
  readonly name: FrameworkName;
  /**
   * Runs tests. What went wrong in the code under test is part of the answer.
   * @throws the signal's reason when aborted. @throws HumanError when the framework itself cannot be run here.
   */
  run(request: TestRequest): Promise<TestRun>;
}
