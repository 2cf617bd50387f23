import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import type { Grader } from '../grading/grader.ts';
import { HumanError } from '../humanError.ts';
import { type FileBaseline, type LeftOut, runBaseline } from './baseline.ts';
import { callersOfHeldOut } from './callers.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import { Coverage } from './coverage.ts';
import { filesLoadedBy } from './dependencies.ts';
import { DEFAULT_GATES, type Gates, type Judgement, judgeCandidate } from './judgeCandidate.ts';
import { keyOf, MiningCache } from './miningCache.ts';
import { normalForm } from './normalForm.ts';
import type { Rejection } from './rejection.ts';
import { SharedRuns } from './sharedRuns.ts';
import { splitByFile } from './split.ts';
import type { SyntaxTrees } from './syntaxTrees.ts';
import type { Task } from './task.ts';
import { readWorkspaceFiles, type WorkspaceFiles } from './workspaceFiles.ts';

export interface MiningProgress {
  /** `baseline`: all tests as they are; `tasks`: each function without its body. */
  readonly phase: 'baseline' | 'tasks';
  readonly done: number;
  readonly total: number;
  /** Of the baseline: a test file whose results are still to come. */
  readonly waitingFor?: string | undefined;
}

export interface MiningOptions {
  readonly gates?: Partial<Gates> | undefined;
  /** Whether what earlier minings found out counts; true by default. */
  readonly remember?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MiningProgress) => void) | undefined;
}

export interface MiningRoom {
  readonly workspace: string;
  readonly frameworks: WorkspaceFrameworks;
  readonly grader: Grader;
  readonly trees: SyntaxTrees;
  /** Globs of the files that hold tests; empty for those whose names frameworks look for. */
  readonly testFiles: readonly string[];
  readonly seed: number;
  /** Runs at a time. */
  readonly concurrency: number;
}

export interface Mined {
  readonly tasks: Task[];
  readonly rejected: Rejection[];
  /** Tests that nothing is judged by, because they fail or flip. */
  readonly leftOut: readonly LeftOut[];
}

const NAMED_FAILURES = 5;
const CODE = /\.([cm]?[jt]sx?|py)$/;
/** Code that test frameworks load by themselves. */
const CONFIGURATION =
  /\.config\.[cm]?[jt]s$|(^|\/)(\.mocharc\.|[\w.-]*setup[\w.-]*\.[cm]?[jt]sx?$|conftest\.py$)/i;

/**
 * Collects a workspace's tasks: every function whose tests are green with its body and notice when that is missing,
 * wrong or a little changed.
 *
 * All tests run a few times as they are, which shows which can be relied on and what each test file executes; then
 * every function is judged by the tests of the files that execute it. What the same files gave before is remembered.
 * @throws HumanError when the workspace has no sources, no green tests or no function that tests depend on.
 */
export async function mine(room: MiningRoom, options: MiningOptions): Promise<Mined> {
  const { signal, onProgress } = options;
  const gates = { ...DEFAULT_GATES, ...options.gates };
  const files = await readWorkspaceFiles(room.workspace, room.frameworks, signal);
  refuseEmpty(room, files);
  await using cache = await MiningCache.open(room.workspace, options.remember ?? true);
  const candidates = findCandidates(room.trees, files.sources);
  const keys = baselineKeys(files);

  let done = 0;
  const waiting = new Set(files.tests.keys());
  const baselines = new Map(
    await Promise.all(
      [...files.tests.keys()].map(async (file): Promise<[string, FileBaseline]> => {
        const find = () => runBaseline(room.frameworks, file, candidates, signal);
        const baseline = await cache.baseline(keys.get(file)!, find);
        waiting.delete(file);
        const [waitingFor] = waiting;
        onProgress?.({ phase: 'baseline', done: ++done, total: files.tests.size, waitingFor });
        return [file, baseline];
      }),
    ),
  );
  const leftOut = [...baselines.values()].flatMap((baseline) => baseline.leftOut);
  if ([...baselines.values()].every(({ green }) => green.length === 0)) refuseRed(room.workspace, leftOut);

  const coverage = new Coverage(baselines);
  const runs = new SharedRuns(room.frameworks, coverage, room.concurrency, signal);
  const judging = { ...room, coverage, runs };
  done = 0;
  const judged = await Promise.all(
    candidates.map(async (candidate) => {
      const judgement = await judge(candidate);
      onProgress?.({ phase: 'tasks', done: ++done, total: candidates.length });
      return { candidate, judgement };
    }),
  );
  // Whoever stopped it at the last function wants no tasks either.
  signal?.throwIfAborted();
  await cache.save();

  async function judge(candidate: Candidate): Promise<Judgement> {
    if (candidate.reason) return { kind: 'rejected', reason: candidate.reason };
    const covering = coverage.filesExecuting(candidate).filter((file) => coverage.greenIn(file).length > 0);
    if (covering.length === 0) return { kind: 'rejected', reason: 'never-called-by-tests' };
    if (coverage.runsWhileLoading(candidate)) return { kind: 'rejected', reason: 'called-while-loading' };
    const dependsOn = covering.flatMap((file) => [keys.get(file)!, ...coverage.greenIn(file)]);
    const key = keyOf(candidate.id, JSON.stringify(gates), ...dependsOn);
    return cache.judgement(key, () => judgeCandidate(judging, candidate, covering, gates, signal));
  }

  const seen = new Set<string>();
  const decided = judged.map(({ candidate, judgement }) => {
    if (judgement.kind === 'rejected') return { candidate, judgement };
    const form = normalForm(room.trees, candidate);
    const reason = 'duplicate' as const;
    if (seen.has(form)) return { candidate, judgement: { kind: 'rejected' as const, reason } };
    seen.add(form);
    return { candidate, judgement };
  });
  const rejected = decided.flatMap(({ candidate: { file, name, line }, judgement }): Rejection[] =>
    judgement.kind === 'rejected' ? [{ file, name, line, reason: judgement.reason }] : [],
  );
  const found = decided.flatMap(({ candidate, judgement }) =>
    judgement.kind === 'task' ? [{ candidate, ...judgement.found }] : [],
  );
  if (found.length === 0) {
    throw new HumanError(
      `None of the ${candidates.length} functions in ${room.workspace} makes a task (${reasonCounts(rejected)}): write tests that call your functions and check what they answer.`,
    );
  }
  const counts = new Map<string, number>();
  for (const { candidate } of found) counts.set(candidate.file, (counts.get(candidate.file) ?? 0) + 1);
  const splits = splitByFile(counts, room.seed);
  const all = found.map(({ candidate, tests, guards, controls, cpuSeconds }): Task => {
    const { id, file, name, language, prefix, body, suffix, headerStart } = candidate;
    const split = splits.get(file)!;
    return {
      ...{ id, file, name, language, split, prefix, body, suffix, headerStart },
      ...{ tests, guards, controls },
      ...(cpuSeconds !== undefined && { cpuSeconds }),
    };
  });
  const leaking = callersOfHeldOut(room.trees, all);
  for (const { candidate } of found.filter(({ candidate: { id } }) => leaking.has(id))) {
    const { file, name, line } = candidate;
    rejected.push({ file, name, line, reason: 'calls-held-out-function' });
  }
  return { tasks: all.filter(({ id }) => !leaking.has(id)), rejected, leftOut };
}

function reasonCounts(rejected: readonly Rejection[]): string {
  const groups = [...Map.groupBy(rejected, ({ reason }) => reason)];
  return groups.map(([reason, group]) => `${group.length} ${reason}`).join(', ') || 'there are none';
}

/** Test file → a key for the content of everything that its results depend on, as far as that can be told. */
function baselineKeys({ sources, tests, others }: WorkspaceFiles): Map<string, string> {
  const texts = new Map([...sources, ...tests, ...others]);
  const shared = [...texts].filter(([file]) => !CODE.test(file) || CONFIGURATION.test(file)).flat();
  return new Map(
    [...tests.keys()].map((file) => {
      const loaded = [...filesLoadedBy(file, texts)].sort().flatMap((path) => [path, texts.get(path) ?? '']);
      return [file, keyOf(process.version, file, ...loaded, ...shared)];
    }),
  );
}

function refuseEmpty(
  { workspace, testFiles }: MiningRoom,
  { sources, tests, likeTests }: WorkspaceFiles,
): void {
  if (sources.size === 0) {
    throw new HumanError(
      `No JavaScript, TypeScript or Python sources were found in ${workspace}: open the folder that holds your code.`,
    );
  }
  if (tests.size === 0 && testFiles.length > 0) {
    throw new HumanError(
      `No file with tests in ${workspace} matches the setting testFiles (${testFiles.join(', ')}): correct its globs.`,
    );
  }
  const [likely] = likeTests;
  if (tests.size === 0 && likely !== undefined) {
    throw new HumanError(
      `${likely} looks like a test, but nothing in ${workspace} says which framework runs it: name it in package.json, or open the folder that holds the project's configuration.`,
    );
  }
  if (tests.size === 0) {
    throw new HumanError(
      `No tests were found in ${workspace}: add files such as test/name.test.ts or test_name.py.`,
    );
  }
}

const isWholeFile = ({ reason }: LeftOut) => reason === 'cannot-be-run' || reason === 'does-not-end';

function refuseRed(workspace: string, leftOut: readonly LeftOut[]): never {
  const broken = leftOut.find(isWholeFile);
  const failing = leftOut.filter((found) => !isWholeFile(found)).map(({ test }) => test);
  if (failing.length > 0) {
    const more = failing.length > NAMED_FAILURES ? ` and ${failing.length - NAMED_FAILURES} more` : '';
    throw new HumanError(
      `All tests fail already: ${failing.slice(0, NAMED_FAILURES).join('; ')}${more}. Make them pass, then try again.`,
    );
  }
  if (broken) {
    throw new HumanError(
      `The tests in ${broken.test} cannot be run: ${broken.message.replace(/[.!]?$/, '.')} Mend that, then try again.`,
    );
  }
  throw new HumanError(`The test files in ${workspace} hold no tests: add tests with test() or it().`);
}
