import { fileOfTest, type TestRun } from '../frameworks/framework.ts';
import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import type { Gradable, Grader } from '../grading/grader.ts';
import type { FileBaseline } from './baseline.ts';
import type { Candidate } from './candidates.ts';
import { mutantsOf } from './mutants.ts';
import type { RejectionReason } from './rejection.ts';
import { throwingBody, wrongBodies } from './stubs.ts';
import type { SyntaxTrees } from './syntaxTrees.ts';

/** How much is asked of a function's tests. */
export interface Gates {
  /**
   * Tests that must depend on a function. Two are better than one, but most functions of ordinary projects have a single
   * test each: asking for two would leave such projects without tasks, so one is enough unless more are asked for.
   */
  readonly minTests: number;
  /** Changed bodies tried, of which half must turn a test red. Bodies in which less can be changed are tried with less. */
  readonly mutants: number;
}

export const DEFAULT_GATES: Gates = { minTests: 1, mutants: 4 };

/** Tests that a completion should not break: enough to notice, few enough to cost nothing. */
const MAX_GUARDS = 8;

/** What is found out about a candidate by running its tests. */
export type Judgement =
  | { readonly kind: 'task'; readonly found: Pick<Gradable, 'tests' | 'guards' | 'controls'> }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason };

export interface JudgingRoom {
  readonly frameworks: WorkspaceFrameworks;
  readonly grader: Grader;
  readonly trees: SyntaxTrees;
}

/**
 * Takes a function's body away, puts wrong bodies in its place, changes it a little and puts it back: its tests must
 * notice the first three, and be green at the end.
 * @param covering test file → its baseline, for the files that execute the function.
 */
export async function judgeCandidate(
  room: JudgingRoom,
  candidate: Candidate,
  covering: ReadonlyMap<string, FileBaseline>,
  gates: Gates,
  signal: AbortSignal | undefined,
): Promise<Judgement> {
  const { language, body, prefix, suffix, file } = candidate;
  const run = async (other: string, tests: readonly string[]): Promise<TestRun> => {
    const files = [...new Set(tests.map(fileOfTest))];
    const replace = { [file]: prefix + other + suffix };
    try {
      return await room.frameworks.run({ files, tests, replace, signal });
    } catch (error) {
      // Types can be stripped from less than the grammar allows.
      if (error instanceof SyntaxError) return { kind: 'crashed', message: error.message };
      throw error;
    }
  };
  const green = [...covering.values()].flatMap((baseline) => baseline.green);

  const without = await run(throwingBody(language, body), green);
  if (without.kind === 'timeout') return reject('tests-time-out-without-body');
  if (without.kind === 'infrastructure') return reject('sandbox-failed');
  if (without.kind !== 'report' || without.loadError !== undefined) return reject('called-while-loading');
  const stillGreen = passedIn(without);
  const tests = green.filter((id) => !stillGreen.has(id));
  if (tests.length === 0) return reject('tests-green-without-body');
  if (tests.length < gates.minTests) return reject('too-few-tests');

  for (const wrong of wrongBodies(candidate)) {
    if (!notices(await run(wrong, tests), tests)) return reject('tests-green-with-wrong-body');
  }
  const mutants = mutantsOf(room.trees, candidate, gates.mutants);
  if (!(await mostAreKilled(mutants, async (mutant) => notices(await run(mutant, tests), tests)))) {
    return reject('mutants-survive');
  }

  const { id, name, headerStart } = candidate;
  const guards = green.filter((test) => stillGreen.has(test)).slice(0, MAX_GUARDS);
  const task: Gradable = { id, file, name, language, prefix, body, suffix, headerStart, tests, guards };
  const { reward, controls } = await room.grader.proveControls(task, signal);
  if (reward.verdict === 'infrastructure') return reject('sandbox-failed');
  if (reward.value < 1) return reject('tests-unsteady');
  const steady = reward.guards?.filter(({ passed }) => passed).map((guard) => guard.id) ?? [];
  return { kind: 'task', found: { tests, guards: steady, controls } };
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
  mutants: readonly string[],
  isKilled: (mutant: string) => Promise<boolean>,
): Promise<boolean> {
  const needed = Math.ceil(mutants.length / 2);
  let killed = 0;
  for (const [tried, mutant] of mutants.entries()) {
    if (killed >= needed || killed + mutants.length - tried < needed) break;
    if (await isKilled(mutant)) killed++;
  }
  return killed >= needed;
}
