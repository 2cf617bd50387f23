import { type FunctionPlace, SEPARATOR, type TestReport, type TestRun } from '../frameworks/framework.ts';
import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import { HumanError } from '../humanError.ts';
import { MAX_CPU_SECONDS } from '../isolation/isolation.ts';
import type { Candidate } from './candidates.ts';

/** Runs that every test must be green in, one after the other. */
const GREEN_RUNS = 3;

/** A name that no test has: the file is loaded, and nothing in it is run. */
const NO_TEST = 'none of the tests in this file';

/** It is red each time; only sometimes; its file gives no results at all; or none within the time that it has. */
export const leftOutReasons = ['fails', 'flips', 'cannot-be-run', 'does-not-end'] as const;

/** A test, or a whole test file, that nothing is judged by. */
export interface LeftOut {
  /** The test's id, or the file's path. */
  readonly test: string;
  readonly reason: (typeof leftOutReasons)[number];
  /** In its own words. */
  readonly message: string;
}

/**
 * Whether a file that gave these results would give them again for as long as the workspace's own files stay as they are.
 * What fails, or cannot be run, may want for something that is no file of the workspace: a package that is not installed.
 */
export const isLasting = (leftOut: readonly LeftOut[]) =>
  leftOut.every(({ reason }) => reason === 'flips' || reason === 'does-not-end');

/** What a test file says and executes, everything as it is. Functions are named by the ids of their candidates. */
export interface FileBaseline {
  /** Ids of tests that were green, reported once, in every run. */
  readonly green: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Function → the tests that execute it; `several` where it cannot be told which, or what tests share executes it. */
  readonly executed: Readonly<Record<string, readonly string[] | 'several'>>;
  readonly executedWhileLoading: readonly string[];
  /** CPU time that one run takes. */
  readonly cpuSeconds: number;
}

/**
 * Runs a test file several times as it is, and where need be once without its tests, which shows what runs while modules
 * are loaded.
 * @throws HumanError when the sandbox itself fails. @throws the signal's reason when aborted.
 */
export async function runBaseline(
  frameworks: WorkspaceFrameworks,
  file: string,
  candidates: readonly Candidate[],
  signal: AbortSignal | undefined,
): Promise<FileBaseline> {
  // Not the candidates themselves: what is watched goes to another process, whole files' texts and all.
  const places = candidates.map(placeOf);
  const reports: TestReport[] = [];
  for (let run = 0; run < GREEN_RUNS; run++) {
    const watch = run === 0 ? places : undefined;
    const report = await runOnce(frameworks, { files: [file], watch, signal });
    if (!('outcomes' in report)) return nothing(file, report);
    reports.push(report);
    // A file of which nothing is green is not worth more runs.
    if (report.outcomes.every(({ passed }) => !passed)) break;
  }
  const [first] = reports;
  const ids = [...new Set(reports.flatMap(({ outcomes }) => outcomes.map(({ id }) => id)))];
  const leftOut: LeftOut[] = [];
  const green: string[] = [];
  for (const id of ids) {
    const outcomes = reports.map((report) => report.outcomes.filter((outcome) => outcome.id === id));
    const passes = outcomes.filter((found) => found.length === 1 && found[0]!.passed).length;
    if (passes === reports.length) green.push(id);
    // Tests of one name cannot be told apart, which is nothing that a person would want to hear about.
    if (passes === reports.length || outcomes.some((found) => found.length > 1)) continue;
    const message = outcomes.flat().find(({ passed }) => !passed)?.message ?? 'It does not run every time.';
    leftOut.push({ test: id, reason: passes === 0 ? 'fails' : 'flips', message: message.split('\n')[0]! });
  }
  // What runs while loading runs on behalf of several tests: mostly there is nothing to look for.
  const watch = places.filter((place) => first!.executed.get(place) === 'several');
  const loading =
    green.length > 0 && watch.length > 0
      ? await runOnce(frameworks, { files: [file], tests: [`${file}${SEPARATOR}${NO_TEST}`], watch, signal })
      : undefined;
  const executed = candidates.flatMap(({ id }, at) => {
    const by = first!.executed.get(places[at]!);
    return by === undefined ? [] : [[id, by === 'several' ? by : [...by]] as const];
  });
  return {
    green,
    leftOut,
    executed: Object.fromEntries(executed),
    executedWhileLoading:
      loading !== undefined && 'outcomes' in loading
        ? candidates.flatMap(({ id }, at) => (loading.executed.has(places[at]!) ? [id] : []))
        : [],
    // The first one watches, which takes longer.
    cpuSeconds: Math.max(...reports.slice(reports.length > 1 ? 1 : 0).map(({ cpuSeconds }) => cpuSeconds)),
  };
}

function placeOf({ file, name, line, bodyStart, bodyEnd, hasBraces }: Candidate): FunctionPlace {
  return { file, name, line, bodyStart, bodyEnd, hasBraces };
}

type NoResults = Pick<LeftOut, 'reason' | 'message'>;

/** @returns the report, or why there is none. */
async function runOnce(
  frameworks: WorkspaceFrameworks,
  request: Parameters<WorkspaceFrameworks['run']>[0],
): Promise<TestReport | NoResults> {
  const [file] = request.files;
  let run: TestRun;
  try {
    run = await frameworks.run({ ...request, cpuSeconds: MAX_CPU_SECONDS });
  } catch (error) {
    // A framework that is not installed for one folder says nothing about the others.
    if (error instanceof HumanError) return { reason: 'cannot-be-run', message: error.message };
    throw error;
  }
  if (run.kind === 'infrastructure') {
    throw new HumanError(
      `The tests in ${file} cannot be run: ${run.message.replace(/[.!]?$/, '.')} Check that "bwrap --ro-bind / / true" works, then try again.`,
    );
  }
  if (run.kind !== 'report') {
    return { reason: run.kind === 'timeout' ? 'does-not-end' : 'cannot-be-run', message: run.message };
  }
  if (run.loadError === undefined) return run;
  return { reason: 'cannot-be-run', message: run.loadError.split('\n')[0]! };
}

function nothing(file: string, why: NoResults): FileBaseline {
  return {
    green: [],
    leftOut: [{ test: file, ...why }],
    executed: {},
    executedWhileLoading: [],
    cpuSeconds: 0,
  };
}
