import type { Limits } from '../isolation/isolation.ts';
import type { ChosenIsolation } from '../isolation/probe.ts';
import type { ExecutedBy, NoReport, TestReport, TestRequest } from './framework.ts';

/** What test frameworks run, and how. */
export interface FrameworkSettings {
  /** Absolute path without symbolic links. */
  readonly workspace: string;
  readonly limits: Limits;
  /** Runs at a time, of each framework. */
  readonly concurrency: number;
  /** Globs of the files that hold tests; empty for those whose names frameworks look for. */
  readonly testFiles: readonly string[];
}

/** The same for a process of its own. */
export interface HostSettings extends FrameworkSettings {
  readonly isolation: ChosenIsolation;
  /** Stands on the command line or in the environment of everything that it starts. */
  readonly mark: string;
}

/** To the process. `id` tells runs apart. */
export type HostRequest =
  | { readonly kind: 'open'; readonly settings: HostSettings }
  | { readonly kind: 'run'; readonly id: number; readonly request: Omit<TestRequest, 'signal'> }
  | { readonly kind: 'abort'; readonly id: number };

/** A `TestRun` with positions in the request's `watch` in the place of the functions executed. */
export type ToldRun =
  | NoReport
  | (Omit<TestReport, 'executed'> & {
      readonly executed: readonly (readonly [at: number, by: ExecutedBy])[];
    });

/** From the process: how a run ended. */
export type HostAnswer =
  | { readonly kind: 'run'; readonly id: number; readonly run: ToldRun }
  | { readonly kind: 'aborted'; readonly id: number }
  /** `human`: the message is for the person, as that of a `HumanError`. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: Error; readonly human: boolean };
