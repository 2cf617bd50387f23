/** Why a function did not become a task. */
export const rejectionReasons = [
  /** The file has syntax that the parser does not know. */
  'file-not-parsed',
  /** There is nothing to write. */
  'empty-body',
  'body-too-long',
  /** In Python, its body stands on the line of its header. */
  'body-on-header-line',
  /** Another function of the file has the same name, such as a getter and its setter. */
  'name-not-unique',
  /** The same function, up to the names in it, stands elsewhere in the workspace and is a task there. */
  'duplicate',
  'never-called-by-tests',
  /** It runs while modules are loaded, so that single tests tell nothing about it. */
  'called-while-loading',
  'tests-green-without-body',
  'tests-time-out-without-body',
  /** A body that answers its first parameter, or nothing, passes all of its tests. */
  'tests-green-with-wrong-body',
  /** Fewer than half of the small changes made to its body turn a test red. */
  'mutants-survive',
  /** Fewer tests depend on it than were asked for. */
  'too-few-tests',
  /** Run on their own, its tests are not reliably green. */
  'tests-unsteady',
  /** Its tests take more CPU time than a run is ever allowed. */
  'tests-take-too-long',
  /** It could only be trained on, and calls a function that is held out. */
  'calls-held-out-function',
  'sandbox-failed',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

export interface Rejection {
  readonly file: string;
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  readonly reason: RejectionReason;
}
