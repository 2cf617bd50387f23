import type { TestReport } from '../frameworks/framework.ts';
import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import type { Gradable, Grader } from '../grading/grader.ts';
import { HumanError } from '../humanError.ts';
import type { FoundFunction } from './findFunctions.ts';
import { splitByFile } from './split.ts';
import { throwingBody } from './stubs.ts';
import { languageOf, type SyntaxTrees } from './syntaxTrees.ts';
import type { Task } from './task.ts';
import { readWorkspaceFiles, type WorkspaceFiles } from './workspaceFiles.ts';

/** Why a function did not become a task. */
export type RejectionReason =
  /** The file has syntax that the parser does not know. */
  | 'file-not-parsed'
  /** There is nothing to write. */
  | 'empty-body'
  | 'body-too-long'
  /** Its body is an expression behind an arrow, or stands on the line of its header: there is no end to find. */
  | 'expression-body'
  /** Another function of the file has the same name, such as a getter and its setter. */
  | 'name-not-unique'
  | 'never-called-by-tests'
  /** Without its body the module cannot be loaded, so single tests tell nothing. */
  | 'called-while-loading'
  | 'tests-green-without-body'
  | 'tests-time-out-without-body'
  /** Run on their own, its tests are not reliably green. */
  | 'tests-unsteady'
  | 'sandbox-failed';

export interface Rejection {
  readonly file: string;
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  readonly reason: RejectionReason;
}

export interface MiningProgress {
  /** `baseline`: all tests as they are; `tasks`: each function without its body. */
  readonly phase: 'baseline' | 'tasks';
  readonly done: number;
  readonly total: number;
}

export interface MiningOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MiningProgress) => void) | undefined;
}

export interface MiningRoom {
  readonly workspace: string;
  readonly frameworks: WorkspaceFrameworks;
  readonly grader: Grader;
  readonly trees: SyntaxTrees;
  readonly seed: number;
}

/** Longer bodies are out of reach of the models that this is for. */
const MAX_BODY_LINES = 60;
const NAMED_FAILURES = 5;
/** Tests that a completion should not break: enough to notice, few enough to cost nothing. */
const MAX_GUARDS = 8;

type Judgement = { readonly task: Gradable } | { readonly reason: RejectionReason };

/**
 * Collects a workspace's tasks: every function whose tests are green with its body and red without it.
 *
 * All tests run once as they are, which shows what each test file executes; then each function is run without its
 * body, by the files that execute it, and with it, by the tests that turned red.
 * @throws HumanError when the workspace has no sources, no tests, failing tests or no function that tests depend on.
 */
export async function mine(
  room: MiningRoom,
  { signal, onProgress }: MiningOptions,
): Promise<{ tasks: Task[]; rejected: Rejection[] }> {
  const files = await readWorkspaceFiles(room.workspace, room.frameworks, signal);
  if (files.sources.size === 0) {
    throw new HumanError(
      `No JavaScript, TypeScript or Python sources were found in ${room.workspace}: open the folder that holds your code.`,
    );
  }
  if (files.tests.length === 0) {
    throw new HumanError(
      `No tests were found in ${room.workspace}: add files such as test/name.test.ts or test_name.py.`,
    );
  }
  const candidates = [...files.sources].flatMap(([file, text]) => candidatesOf(room.trees, file, text));
  const baseline = await runBaseline(room, files, candidates, { signal, onProgress });

  let done = 0;
  const judged = await Promise.all(
    candidates.map(async (candidate) => {
      const judgement = candidate.reason
        ? { reason: candidate.reason }
        : await judge(room, candidate, baseline, signal);
      onProgress?.({ phase: 'tasks', done: ++done, total: candidates.length });
      return { candidate, judgement };
    }),
  );

  const kept = judged.flatMap(({ judgement }) => ('task' in judgement ? [judgement.task] : []));
  const rejected = judged.flatMap(({ candidate: { file, name, line }, judgement }) =>
    'reason' in judgement ? [{ file, name, line, reason: judgement.reason }] : [],
  );
  if (kept.length === 0) {
    throw new HumanError(
      `None of the ${candidates.length} functions in ${room.workspace} has tests that fail without it: write tests that call your functions.`,
    );
  }
  const counts = new Map<string, number>();
  for (const { file } of kept) counts.set(file, (counts.get(file) ?? 0) + 1);
  const splits = splitByFile(counts, room.seed);
  return { tasks: kept.map((task) => ({ ...task, split: splits.get(task.file)! })), rejected };
}

/** What each test file said and executed, everything as it is. */
async function runBaseline(
  room: MiningRoom,
  files: WorkspaceFiles,
  candidates: readonly Candidate[],
  { signal, onProgress }: MiningOptions,
): Promise<ReadonlyMap<string, TestReport>> {
  let done = 0;
  const runs = await Promise.all(
    files.tests.map(async (file) => {
      const run = await room.frameworks.run({ files: [file], watch: candidates, signal });
      onProgress?.({ phase: 'baseline', done: ++done, total: files.tests.length });
      return [file, run] as const;
    }),
  );
  const reports = new Map<string, TestReport>();
  const failures: string[] = [];
  for (const [file, run] of runs) {
    if (run.kind !== 'report') {
      const remedy =
        run.kind === 'infrastructure'
          ? 'Check that "bwrap --ro-bind / / true" works'
          : 'Repair or remove the file';
      throw new HumanError(`The tests in ${file} cannot be run: ${run.message} ${remedy}, then try again.`);
    }
    if (run.loadError !== undefined) failures.push(`${file} (${run.loadError.split('\n')[0]})`);
    failures.push(...run.outcomes.filter((outcome) => !outcome.passed).map((outcome) => outcome.id));
    reports.set(file, run);
  }
  if (failures.length > 0) {
    const more = failures.length > NAMED_FAILURES ? ` and ${failures.length - NAMED_FAILURES} more` : '';
    throw new HumanError(
      `Some tests fail already: ${failures.slice(0, NAMED_FAILURES).join('; ')}${more}. Make them pass or skip them, then try again.`,
    );
  }
  if ([...reports.values()].every((report) => report.outcomes.length === 0)) {
    throw new HumanError(
      `The test files in ${room.workspace} hold no tests: add tests with test() or it() from node:test.`,
    );
  }
  return reports;
}

interface Candidate extends FoundFunction {
  readonly file: string;
  readonly text: string;
  readonly reason?: RejectionReason;
}

function candidatesOf(trees: SyntaxTrees, file: string, text: string): Candidate[] {
  const { functions, broken } = trees.functionsOf(languageOf(file)!, text);
  return functions.map((found) => {
    const body = text.slice(found.bodyStart, found.bodyEnd);
    const reason: RejectionReason | undefined = broken
      ? 'file-not-parsed'
      : functions.some((other) => other !== found && other.name === found.name)
        ? 'name-not-unique'
        : found.inline
          ? 'expression-body'
          : body.trim() === ''
            ? 'empty-body'
            : body.split('\n').length > MAX_BODY_LINES
              ? 'body-too-long'
              : undefined;
    return { ...found, file, text, ...(reason && { reason }) };
  });
}

async function judge(
  room: MiningRoom,
  candidate: Candidate,
  baseline: ReadonlyMap<string, TestReport>,
  signal: AbortSignal | undefined,
): Promise<Judgement> {
  const { file, text } = candidate;
  const covering = [...baseline].filter(([, report]) => report.executed.has(candidate));
  if (covering.length === 0) return { reason: 'never-called-by-tests' };

  const prefix = text.slice(0, candidate.bodyStart);
  const body = text.slice(candidate.bodyStart, candidate.bodyEnd);
  const suffix = text.slice(candidate.bodyEnd);
  const language = languageOf(file)!;
  const run = await room.frameworks.run({
    files: covering.map(([testFile]) => testFile),
    replace: { [file]: prefix + throwingBody(language, body) + suffix },
    signal,
  });
  if (run.kind === 'timeout') return { reason: 'tests-time-out-without-body' };
  if (run.kind === 'infrastructure') return { reason: 'sandbox-failed' };
  if (run.kind !== 'report' || run.loadError !== undefined) return { reason: 'called-while-loading' };

  const stillGreen = new Set(run.outcomes.filter((outcome) => outcome.passed).map((outcome) => outcome.id));
  const green = covering.flatMap(([, report]) => report.outcomes.map((outcome) => outcome.id));
  const unique = green.filter((id) => green.indexOf(id) === green.lastIndexOf(id));
  const red = unique.filter((id) => !stillGreen.has(id));
  if (red.length === 0) return { reason: 'tests-green-without-body' };

  const task: Gradable = {
    id: `${file}#${candidate.name}`,
    file,
    name: candidate.name,
    language,
    prefix,
    body,
    suffix,
    headerStart: candidate.headerStart,
    tests: red,
    guards: unique.filter((id) => stillGreen.has(id)).slice(0, MAX_GUARDS),
  };
  const { reward, controls } = await room.grader.proveControls(task, signal);
  if (reward.verdict === 'infrastructure') return { reason: 'sandbox-failed' };
  if (reward.value < 1) return { reason: 'tests-unsteady' };
  const guards = reward.guards?.filter(({ passed }) => passed).map(({ id }) => id);
  return { task: { ...task, guards, controls } };
}
