import type { TestOutcome } from '../reward.ts';

/** What a kept runner is asked: one line of JSON on its standard input. */
export interface ServedJob {
  /** Opens the answer. It arrives before any code of the workspace is loaded for this job. */
  readonly nonce: string;
  /** Folder that stands for the workspace, as the runner sees it: absolute. */
  readonly workspace: string;
  /** Folder inside it that the framework is set up in. */
  readonly folder: string;
  /** Test files, inside the workspace. */
  readonly files: readonly string[];
  /** Ids of the tests to run; null for all. */
  readonly tests: readonly string[] | null;
  /** Files, inside the workspace, whose text differs from what this runner's last job saw. */
  readonly changed: readonly string[];
  /** Functions of which to tell whether they ran: file inside the workspace, name, line. Empty where probes tell it. */
  readonly watch: readonly (readonly [file: string, name: string, line: number])[];
}

/** What it answers, on one line, after the nonce and a space. */
export interface ServedReport {
  readonly outcomes: readonly TestOutcome[];
  readonly loadError: string | null;
  /**
   * Pairs of a test's id, empty where none can be told, and what ran meanwhile: positions in `watch`, or the numbers of
   * probes.
   */
  readonly executed: readonly (readonly [test: string, functions: readonly number[]])[];
  /** Set where the framework itself failed, before any code under test had a say. */
  readonly broken?: string;
}
