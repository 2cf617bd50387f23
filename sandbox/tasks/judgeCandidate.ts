import { fileOfTest, type TestRun } from '../frameworks/framework.ts';
import type { Gradable, Grader } from '../grading/grader.ts';
import { DEFAULT_LIMITS } from '../isolation/isolation.ts';
import type { Candidate } from './candidates.ts';
import type { Coverage } from './coverage.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import type { RejectionReason } from './rejection.ts';
import type { SharedRuns } from './sharedRuns.ts';
import { spread } from './spread.ts';
import { throwingBody, wrongBodies } from './stubs.ts';
import type { SyntaxTrees } from './syntaxTrees.ts';

/** How much is asked of a function's tests. */
export interface Gates {
  /**
   * Tests that must depend on a function. Two are better than one, but most functions of ordinary projects have a single
   * test each: asking for two would leave such projects without tasks, so one is enough unless more are asked for.
   */
  readonly minTests: number;
  /** Tests that a function is judged by; of more, some from all over the files: hundreds tell no more, and take longer. */
  readonly maxTests: number;
  /** Changed bodies tried, of which half must turn a test red. Bodies in which less can be changed are tried with less. */
  readonly mutants: number;
}

export const DEFAULT_GATES: Gates = { minTests: 1, maxTests: 50, mutants: 4 };

/** Tests that a completion should not break: enough to notice, few enough to cost nothing. */
const MAX_GUARDS = 8;

/** What is found out about a candidate by running its tests. */
export type Judgement =
  | { readonly kind: 'task'; readonly found: Pick<Gradable, 'tests' | 'guards' | 'controls' | 'cpuSeconds'> }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason };

export interface JudgingRoom {
  readonly runs: SharedRuns;
  readonly coverage: Coverage;
  readonly grader: Grader;
  readonly trees: SyntaxTrees;
}

/**
 * Takes a function's body away, puts wrong bodies in its place, changes it a little and puts it back: its tests must
 * notice the first three, and be green at the end.
 * @param files test files with green tests, of which some execute the function.
 */
export async function judgeCandidate(
  { runs, coverage, grader, trees }: JudgingRoom,
  candidate: Candidate,
  files: readonly string[],
  gates: Gates,
  signal: AbortSignal | undefined,
): Promise<Judgement> {
  const { language, body, prefix, suffix, file } = candidate;
  const green = files.flatMap((each) => coverage.greenIn(each));
  const executing = spread(
    green.filter((test) => coverage.executes(test, candidate)),
    gates.maxTests,
  );

  const without = await runs.run(candidate, throwingBody(candidate), executing);
  if (without.kind === 'timeout') return reject('tests-time-out-without-body');
  if (without.kind === 'infrastructure') return reject('sandbox-failed');
  if (without.kind !== 'report' || without.loadError !== undefined) return reject('called-while-loading');
  const stillGreen = passedIn(without);
  const tests = executing.filter((id) => !stillGreen.has(id));
  if (tests.length === 0) return reject('tests-green-without-body');
  if (tests.length < gates.minTests) return reject('too-few-tests');

  for (const wrong of wrongBodies(candidate)) {
    if (!notices(await runs.run(candidate, wrong, tests), tests))
      return reject('tests-green-with-wrong-body');
  }
  const mutants = mutantsOf(trees, candidate, gates.mutants);
  const isKilled = async ({ body: mutant, mayNotEnd }: Mutant) =>
    notices(await runs.run(candidate, mutant, tests, mayNotEnd), tests);
  if (!(await mostAreKilled(mutants, isKilled))) return reject('mutants-survive');

  const { id, name, headerStart } = candidate;
  const others = green.filter((test) => !coverage.executes(test, candidate));
  const guards = [...stillGreen, ...spread(others, MAX_GUARDS)].slice(0, MAX_GUARDS);
  const limit = coverage.cpuSeconds([...new Set([...tests, ...guards].map(fileOfTest))]);
  const cpuSeconds = limit > DEFAULT_LIMITS.cpuSeconds ? limit : undefined;
  const task: Gradable = {
    ...{ id, file, name, language, prefix, body, suffix, headerStart },
    ...{ tests, guards, cpuSeconds },
  };
  const { reward, controls } = await grader.proveControls(task, signal);
  if (reward.verdict === 'infrastructure') return reject('sandbox-failed');
  if (reward.verdict === 'timeout') return reject('tests-take-too-long');
  if (reward.value < 1) return reject('tests-unsteady');
  const steady = reward.guards?.filter(({ passed }) => passed).map((guard) => guard.id) ?? [];
  return { kind: 'task', found: { tests, guards: steady, controls, cpuSeconds } };
}

const reject = (reason: RejectionReason): Judgement => ({ kind: 'rejected', reason });

const passedIn = (run: TestRun): ReadonlySet<string> =>
  new Set(run.kind === 'report' ? run.outcomes.filter(({ passed }) => passed).map(({ id }) => id) : []);

/** Whether a test is red. A run that did not end with a report has noticed, too. */
function notices(run: TestRun, tests: readonly string[]): boolean {
  const passed = passedIn(run);
  return run.kind !== 'infrastructure' && tests.some((id) => !passed.has(id));
}

/** Whether at least half are killed; tries no more than it takes to know. */
async function mostAreKilled(
  mutants: readonly Mutant[],
  isKilled: (mutant: Mutant) => Promise<boolean>,
): Promise<boolean> {
  const needed = Math.ceil(mutants.length / 2);
  let killed = 0;
  for (const [tried, mutant] of mutants.entries()) {
    if (killed >= needed || killed + mutants.length - tried < needed) break;
    if (await isKilled(mutant)) killed++;
  }
  return killed >= needed;
}
