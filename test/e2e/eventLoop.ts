import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** Packs an extension that shares the extension host with ours, and reports its event loop into a file. */
export async function packEventLoopProbe(folder: string): Promise<string> {
  const file = join(folder, 'event-loop-probe.vsix');
  await createVSIX({
    cwd: join(import.meta.dirname, 'event-loop-probe'),
    packagePath: file,
    dependencies: false,
    allowMissingRepository: true,
    allowStarActivation: true,
    skipLicense: true,
  });
  return file;
}

/** The variable by which the probe learns where to write. */
export function eventLoopVariables(file: string): Record<string, string> {
  return { REINFORCE_TEST_EVENT_LOOP: file };
}

/** Milliseconds of the longest task: how long the event loop came late, and how long its thread computed without a break. */
export interface LongestTask {
  readonly late: number;
  readonly busy: number;
}

/** A stretch of wall-clock time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The longest task of the extension host in the stretches, to the probe's quarter of a second. */
export async function longestTask(file: string, stretches: readonly Stretch[]): Promise<LongestTask> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const told = lines.map((line) => JSON.parse(line) as LongestTask & { readonly time: number });
  const within = told.filter(({ time }) => stretches.some(({ from, to }) => time >= from && time <= to));
  if (within.length === 0) throw new Error('The extension host said nothing of its event loop.');
  return {
    late: Math.max(...within.map(({ late }) => late)),
    busy: Math.max(...within.map(({ busy }) => busy)),
  };
}
