/** Why a function did not become a task, as a sentence about it. */
export const rejectionSentences = {
  'file-not-parsed': 'Its file has syntax that the parser does not know.',
  'empty-body': 'There is nothing in its body to write.',
  'body-too-long': 'Its body is longer than a small model writes.',
  'body-on-header-line': 'Its body stands on the line of its header.',
  'name-not-unique': 'Another function of the file has the same name, such as a getter and its setter.',
  duplicate: 'The same function, up to the names in it, is a task elsewhere in the workspace.',
  'never-called-by-tests': 'No test that is green calls it.',
  'called-while-loading': 'It runs while modules are loaded, so that single tests tell nothing about it.',
  'tests-green-without-body': 'Its tests pass without its body.',
  'tests-time-out-without-body': 'Its tests do not end without its body.',
  'tests-green-with-wrong-body': 'Its tests pass when it answers its first parameter, or nothing.',
  'mutants-survive': 'Its tests do not notice half of the small changes that were made to its body.',
  'too-few-tests': 'Fewer tests depend on it than were asked for.',
  'tests-unsteady': 'Its tests are not always green when they run without the others.',
  'tests-take-too-long': 'Its tests take more CPU time than a run is ever allowed.',
  'calls-held-out-function': 'It calls a function that is held out, and would give it away in training.',
  'sandbox-failed': 'The sandbox failed while its tests ran.',
} as const;
export type RejectionReason = keyof typeof rejectionSentences;

export const rejectionReasons = Object.keys(rejectionSentences) as RejectionReason[];

export interface Rejection {
  readonly file: string;
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  readonly reason: RejectionReason;
}
