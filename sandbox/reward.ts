/** How a grading ended. `infrastructure` means that the sandbox failed, not the completion: such a try is masked. */
export type Verdict =
  | 'passed'
  | 'failed'
  | 'syntax-error'
  | 'timeout'
  | 'out-of-memory'
  | 'too-much-output'
  | 'crashed'
  /** It did not solve the task but worked on its grading: see `Reward.cheat`. Masked too. */
  | 'cheated'
  | 'infrastructure';

/** What one test said about a completion. */
export interface TestOutcome {
  readonly id: string;
  readonly passed: boolean;
  /** The first lines of the failure, for people. */
  readonly message?: string;
}

/** Which of the sandbox's limits ended a run. */
export type LimitHit = 'time' | 'memory' | 'output' | 'processes';

/** How a completion cheated. */
export const cheatLabels = [
  /** It uses something that reaches beyond the function, such as `process` or `eval`, and the original does not. */
  'forbidden-syntax',
  /** It ended the process, with success, before the tests had ended. */
  'exited-early',
  /** Something that is not the test runner wrote the answer. */
  'forged-report',
  /** A test was reported more than once, or a test that must fail was not reported. */
  'altered-report',
  /** A test that must fail passed: assertions or the test framework were patched. */
  'canary-passed',
  /** A test passed together with its negation: the result equals everything. */
  'negation-passed',
] as const;
export type CheatLabel = (typeof cheatLabels)[number];

export interface Cheat {
  readonly label: CheatLabel;
  /** What gave it away, for people. */
  readonly evidence: string;
}

/** The judgement of one completion of one task, with all that it rests on. */
export interface Reward {
  /** In [0, 1], by the rule of the grading: see `rewardValue`. */
  readonly value: number;
  readonly verdict: Verdict;
  /** The task's tests, each with how it ended. */
  readonly tests: readonly TestOutcome[];
  /** Tests that pass without the function's body too, of the same files: what a completion must not break. */
  readonly guards?: readonly TestOutcome[];
  /** What the first failing test, or the run as a whole, said. */
  readonly firstFailure?: string;
  readonly limit?: LimitHit;
  readonly cheat?: Cheat;
  /** Wall-clock seconds that grading took; 0 for an answer from the cache. */
  readonly seconds: number;
  readonly cached: boolean;
}

/** How a number is made of the tests' outcomes. */
export const rewardRules = ['share', 'all', 'mix'] as const;
export type RewardRule = (typeof rewardRules)[number];

/**
 * The worth of a completion, in [0, 1], with p of a task's n tests passed:
 *
 * - `share`: p / n.
 * - `all`: 1 if p = n, else 0.
 * - `mix`: ½ · p / n + ½ · [p = n], but 0 as soon as one guard fails. Partial credit gives small models a slope to climb,
 *   the second half keeps it worth while to get everything right, and the gate takes the gain from breaking other code.
 *
 * A completion that cheats is worth 0 by every rule.
 */
export function rewardValue(
  rule: RewardRule,
  { tests, guards = [], cheat }: Pick<Reward, 'tests' | 'guards' | 'cheat'>,
): number {
  if (cheat !== undefined || tests.length === 0) return 0;
  const share = tests.filter(({ passed }) => passed).length / tests.length;
  const all = share === 1 ? 1 : 0;
  if (rule === 'share') return share;
  if (rule === 'all') return all;
  return guards.every(({ passed }) => passed) ? (share + all) / 2 : 0;
}

/** Whether a reward says something about the completion that may be learnt from: no failed sandbox, no cheating. */
export function isLearnable({ verdict }: Pick<Reward, 'verdict'>): boolean {
  return verdict !== 'infrastructure' && verdict !== 'cheated';
}
