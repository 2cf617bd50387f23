/** How a grading ended. `infrastructure` means that the sandbox failed, not the completion: such a try is masked. */
export type Verdict =
  | 'passed'
  | 'failed'
  | 'syntax-error'
  | 'timeout'
  | 'out-of-memory'
  | 'too-much-output'
  | 'crashed'
  | 'infrastructure';

/** What one test said about a completion. */
export interface TestOutcome {
  readonly id: string;
  readonly passed: boolean;
  /** The first lines of the failure, for people. */
  readonly message?: string;
}

/** The judgement of one completion of one task. */
export interface Reward {
  /** Share of the task's tests that passed, in [0, 1]. */
  readonly value: number;
  readonly verdict: Verdict;
  readonly tests: readonly TestOutcome[];
  /** Wall-clock seconds that grading took; 0 for an answer from the cache. */
  readonly seconds: number;
  readonly cached: boolean;
}
