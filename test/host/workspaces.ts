import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endTrainer } from './trainerProcess.ts';

export interface TestWorkspace extends AsyncDisposable {
  readonly path: string;
}

/** A copy of the sample workspace that is gone afterwards. */
export async function sampleWorkspace(): Promise<TestWorkspace> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'reinforce-host-'));
  const path = join(folder, 'sample');
  await cp(join(import.meta.dirname, '../../test-fixtures/sample-workspace'), path, {
    recursive: true,
    filter: (source) => !source.includes('.reinforce'),
  });
  const dispose = async () => {
    await endTrainer(path);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  return { path, [Symbol.asyncDispose]: dispose };
}
