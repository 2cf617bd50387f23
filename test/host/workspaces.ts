import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endTrainer } from './trainerProcess.ts';

export interface TestWorkspace extends AsyncDisposable {
  readonly path: string;
}

/** Some of the sample's modules: enough for tasks of both splits, and collected in a moment. */
const modules = ['arithmetic', 'arrays', 'lists', 'sums', 'text', 'words'];

/** A copy of a part of the sample workspace, which is gone afterwards, with its trainer. */
export async function sampleWorkspace(): Promise<TestWorkspace> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'reinforce-host-'));
  const path = join(folder, 'sample');
  await cp(join(import.meta.dirname, '../../test-fixtures/sample-workspace'), path, {
    recursive: true,
    filter: (source) => {
      const [, name] = /(?:src|test)\/(\w+)(?:\.test)?\.ts$/.exec(source) ?? [];
      return !source.includes('.reinforce') && (name === undefined || modules.includes(name));
    },
  });
  const dispose = async () => {
    await endTrainer(path);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  return { path, [Symbol.asyncDispose]: dispose };
}
