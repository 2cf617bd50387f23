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
  /** Whether it stands between braces; else it is Python, or an expression. */
  readonly hasBraces: boolean;
}

/** What to run. All paths are inside the workspace, with `/` between folders. */
export interface TestRequest {
  readonly files: readonly string[];
  /** Ids of the tests to run; without them all of the files' tests. A few more may run, where names coincide. */
  readonly tests?: readonly string[] | undefined;
  /** Texts that take the place of files, for this run alone. A file that does not exist is there for this run alone. */
  readonly replace?: Readonly<Record<string, string>> | undefined;
  /** Functions of which the run tells which tests executed them. To be asked of one file at a time. */
  readonly watch?: readonly FunctionPlace[] | undefined;
  /** Runs in a sandbox that has run nothing before, and nothing after. */
  readonly cold?: boolean | undefined;
  /** Whether what it runs may change more than its own objects, so that nothing else is to run in the same process. */
  readonly reachesOut?: boolean | undefined;
  /** Seconds of CPU time allowed to this run, where that is not the usual limit. */
  readonly cpuSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @param runs a test's id, empty where none can be told, and the functions that were executed meanwhile. */
export function executedBy(
  runs: readonly (readonly [test: string, functions: readonly FunctionPlace[]])[],
): Map<FunctionPlace, ExecutedBy> {
  const found = new Map<FunctionPlace, Set<string> | 'several'>();
  for (const [test, functions] of runs) {
    for (const place of functions) {
      const tests = found.get(place) ?? new Set();
      found.set(place, test === '' || tests === 'several' ? 'several' : tests.add(test));
    }
  }
  return found;
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
  /** For those of the watched functions that were executed, by what. */
  readonly executed: ReadonlyMap<FunctionPlace, ExecutedBy>;
  /** CPU time that it took. */
  readonly cpuSeconds: number;
}

/**
 * Ids of the tests that executed a function; or `several` where it ran on behalf of more than one (while loading, in a
 * hook or fixture that tests share) or nobody can tell for which.
 */
export type ExecutedBy = ReadonlySet<string> | 'several';

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
