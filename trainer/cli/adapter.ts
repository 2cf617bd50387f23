/** Finding trained weights: by a run's name or directory, or by the directory of an adapter. */
import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { readJson } from '../files/readJson.ts';
import { listCheckpoints } from '../run/checkpoint.ts';
import type { RunInfo } from '../run/records.ts';
import { readRunInfo } from '../run/runDirectory.ts';
import { runsOf } from '../run/workspaceRuns.ts';

export interface FoundAdapter {
  /** Directory in PEFT's form. */
  readonly directory: string;
  /** The policy version of the weights: learner steps done; 1 where that is not known. */
  readonly version: number;
  /** The run that made them. */
  readonly run?: RunInfo;
}

const stepSchema = z.looseObject({ step: z.int().nonnegative() });

/**
 * @param name a directory, or the name of a run of `workspace`.
 * @throws HumanError when there is neither a run nor an adapter.
 */
export async function findAdapter(name: string, workspace: string): Promise<FoundAdapter> {
  for (const path of [resolve(name), join(runsOf(workspace), name)]) {
    if (await exists(join(path, 'adapter_config.json'))) return describe(path);
    if (await exists(join(path, 'run.json'))) return newestOf(path);
  }
  throw new HumanError(
    `There is neither a run nor an adapter at ${name}: list the runs with "reinforce runs ${workspace}".`,
  );
}

/** An adapter by its directory: one of a run's own (`best`, `checkpoints/step-N`), or one that came from elsewhere. */
async function describe(directory: string): Promise<FoundAdapter> {
  const ownStep = /^step-(\d+)$/.exec(basename(directory))?.[1];
  const about = join(directory, 'about.json');
  const bestStep = (await exists(about))
    ? (await readJson(about, stepSchema, 'train again')).step
    : undefined;
  const version = ownStep === undefined ? (bestStep ?? 1) : Number(ownStep);
  for (const run of [dirname(directory), dirname(dirname(directory))]) {
    if (await exists(join(run, 'run.json'))) return { directory, version, run: await readRunInfo(run) };
  }
  return { directory, version };
}

/** The last checkpoint of a run. */
async function newestOf(path: string): Promise<FoundAdapter> {
  const run = await readRunInfo(path);
  const last = (await listCheckpoints(join(path, 'checkpoints'))).at(-1);
  if (!last) {
    throw new HumanError(
      run.status.state === 'finished'
        ? `The run ${path} has lost its checkpoints: choose another run, or train again.`
        : `The run ${path} has no checkpoint yet: let it go on for a while.`,
    );
  }
  return { directory: last.path, version: last.step, run };
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
