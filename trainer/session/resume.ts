/** Runs that can be gone on with. */
import { resolve } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';
import { devices } from '../graph/device.ts';
import type { RunInfo } from '../run/records.ts';
import { readRunInfo } from '../run/runDirectory.ts';
import { trainSettings } from '../run/settings.ts';
import { listRuns, runsOf } from '../run/workspaceRuns.ts';
import type { WantedIsolation } from './collect.ts';
import type { TrainingPlan, WantedDevice } from './train.ts';

export interface Resumption {
  readonly workspace: string;
  /** Name or directory of the run; undefined for the newest that was stopped or killed. */
  readonly run?: string | undefined;
  /** Left out, the run's own: on another device its numbers are not those of an unbroken run. */
  readonly device?: WantedDevice | undefined;
  readonly isolation: WantedIsolation;
}

/** @throws HumanError when there is no such run, or it cannot be gone on with. */
export async function resumedPlan({
  workspace,
  run,
  device,
  isolation,
}: Resumption): Promise<TrainingPlan & { resume: string }> {
  const { path, info } = await resumable(workspace, run);
  const parsed = trainSettings.safeParse(info.config);
  if (!parsed.success) {
    throw new HumanError(`${path}/run.json holds settings of another version of Reinforce: start a new run.`);
  }
  const { device: earlier } = info.versions;
  const own = devices.find((device) => device === earlier) ?? 'auto';
  return {
    workspace,
    model: info.model,
    settings: parsed.data,
    device: device ?? own,
    isolation,
    resume: path,
  };
}

async function resumable(
  workspace: string,
  name: string | undefined,
): Promise<{ path: string; info: RunInfo }> {
  const root = runsOf(workspace);
  if (name === undefined) {
    for (const run of await listRuns(root)) {
      if ('info' in run && (run.interrupted || isResumable(run.info))) return run;
    }
    throw new HumanError(`There is no run to resume in ${root}: start a new one.`);
  }
  const path = name.includes('/') ? resolve(name) : resolve(root, name);
  const info = await readRunInfo(path);
  if (info.status.state === 'finished') {
    throw new HumanError(`The run ${path} is finished: start a new one.`);
  }
  return { path, info };
}

const isResumable = ({ status }: RunInfo) => status.state === 'stopped' || status.state === 'failed';
