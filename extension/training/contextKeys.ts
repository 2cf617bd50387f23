/** Which commands can work right now, as the keys that the manifest's enablement and when clauses name. */
import type { TrainerState } from '../../trainer/protocol.ts';

export interface World {
  readonly trusted: boolean;
  /** Folders on disk that are open. */
  readonly folders: number;
  readonly trainers: readonly (TrainerState | undefined)[];
  readonly runs: number;
  readonly adapters: number;
  /** Whether a run was stopped or interrupted, or failed. */
  readonly resumable: boolean;
  /** Whether a policy other than the base model is in use. */
  readonly tuned: boolean;
  readonly canRollBack: boolean;
  /** Whether the tasks view has something to show. */
  readonly tasksShown: boolean;
}

export const contextPrefix = 'reinforce.';

export function contextKeys(world: World) {
  const { trusted, folders, trainers, runs, adapters, resumable, tuned, canRollBack, tasksShown } = world;
  const states = trainers.filter((state) => state !== undefined);
  const busy = states.some(({ activity }) => activity !== undefined);
  const paused = states.some(({ phase }) => phase === 'paused');
  const idleFolders = folders - states.filter(({ activity }) => activity !== undefined).length;
  const works = trusted && idleFolders > 0;
  return {
    trusted,
    hasFolder: folders > 0,
    busy,
    paused,
    /** A training or evaluation of tasks can begin. */
    canTrain: works,
    canPause: states.some(
      ({ activity, phase }) =>
        (activity === 'training' || activity === 'evaluation') && phase !== 'paused' && phase !== 'stopping',
    ),
    canContinue: paused || (works && resumable),
    hasRuns: runs > 0,
    hasAdapters: adapters > 0,
    canChoose: adapters > 0 || tuned,
    canRollBack,
    tasksShown,
  } satisfies Record<string, boolean>;
}

export type ContextKeys = ReturnType<typeof contextKeys>;
