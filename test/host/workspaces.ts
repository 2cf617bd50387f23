import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }) };
}
