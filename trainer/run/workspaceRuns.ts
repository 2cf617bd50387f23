/** The runs of a workspace: where they are, which there are, and what they wrote. For whoever only looks. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { asWriteError, isMissing } from '../files/replaceFile.ts';
import { readLog } from './appendLog.ts';
import { Lock } from './lock.ts';
import { logPath } from './logPath.ts';
import { type LogName, type LogRecord, logSchemas, type RunInfo } from './records.ts';
import { readRunInfo } from './runDirectory.ts';

/** A run of a list. `interrupted` runs can be resumed; `damaged` ones say why they cannot be read. */
export type ListedRun =
  | { readonly path: string; readonly info: RunInfo; readonly interrupted: boolean }
  | { readonly path: string; readonly damaged: string };

/** Where a workspace keeps its runs. */
export const runsOf = (workspace: string) => join(workspace, '.reinforce', 'runs');

/** Makes `.reinforce/runs` in a workspace, out of sight of version control; answers its path. */
export async function prepareRuns(workspace: string): Promise<string> {
  const root = runsOf(workspace);
  const ignore = join(workspace, '.reinforce', '.gitignore');
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    const isFile = (error as NodeJS.ErrnoException).code === 'EEXIST' || isMissing(error);
    throw isFile
      ? new HumanError(`${root} cannot be made, because there is a file in its place: move that away.`)
      : asWriteError(error, root);
  }
  await writeFile(ignore, '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw asWriteError(error, ignore);
  });
  return root;
}

/** The runs in `root`, newest first. A directory without run.json is no run. */
export async function listRuns(root: string): Promise<ListedRun[]> {
  const names = (await readdir(root).catch(() => [])).sort().reverse();
  const runs: ListedRun[] = [];
  for (const name of names) {
    const path = join(root, name);
    if (!(await readdir(path).catch(() => [] as string[])).includes('run.json')) continue;
    runs.push(await describe(path));
  }
  return runs;
}

/** The lines of one of a run's logs; those that are being written are left out. */
export function readRunLog<Name extends LogName>(run: string, name: Name): AsyncGenerator<LogRecord<Name>> {
  return readLog(logPath(run, name), logSchemas[name] as unknown as z.ZodType<LogRecord<Name>>);
}

async function describe(path: string): Promise<ListedRun> {
  try {
    const info = await readRunInfo(path);
    return { path, info, interrupted: info.status.state === 'running' && !(await Lock.isHeld(path)) };
  } catch (error) {
    if (error instanceof HumanError) return { path, damaged: error.message };
    throw error;
  }
}
