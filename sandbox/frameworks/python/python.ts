import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Isolation } from '../../isolation/isolation.ts';
import { pythonText } from '../runnerText.ts';
import type { Serving } from '../servedFramework.ts';
import { findInterpreter } from './interpreter.ts';

const IMPORT = /^\s*(?:from|import)\s+([A-Za-z_][\w.]*)/gm;

/** Modules that do more than define something when they are imported. */
const NEVER_PRELOADED = new Set([
  'antigravity',
  'this',
  '__future__',
  'readline',
  'idlelib',
  'turtle',
  'tkinter',
]);

/** A fork costs little, so that one server serves for long; it is replaced now and then all the same. */
const JOBS_PER_RUNNER = 1000;

/** How the tests of a folder are run by pytest or unittest. */
export async function servePython(
  name: 'pytest' | 'unittest',
  workspace: string,
  folder: string,
  isolation: Isolation['kind'],
): Promise<Serving> {
  const { executable, reads } = await findInterpreter(workspace, folder, name);
  const text = pythonText(name === 'pytest' ? 'runPytest' : 'runUnittest') + pythonText('serve');
  const boot = {
    workspace,
    privateTemporaryFolder: isolation === 'bubblewrap',
    preload: await importedPackages(join(workspace, folder)),
  };
  return {
    name,
    folder,
    program: {
      executable,
      args: ['-B', '-c', text, JSON.stringify(boot)],
      reads,
      env: { PYTHONHASHSEED: '0' },
    },
    jobsPerRunner: JOBS_PER_RUNNER,
    overhead: { cpuSeconds: 0, memoryMegabytes: 128, processes: 8, fileMegabytes: 0 },
  };
}

/**
 * Modules that the folder's Python files import from elsewhere. Imported once in the server, they need not be in each
 * fork, which for a large library is most of its time.
 */
async function importedPackages(folder: string): Promise<string[]> {
  const names = new Set<string>();
  const own = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const inside = join(path, entry.name);
      if (entry.isDirectory() && !/^(\.|node_modules$|venv$|env$)/.test(entry.name)) {
        own.add(entry.name);
        await visit(inside);
      } else if (entry.isFile() && entry.name.endsWith('.py')) {
        own.add(entry.name.slice(0, -'.py'.length));
        for (const [, name] of readFileSync(inside, 'utf8').matchAll(IMPORT)) names.add(name!);
      }
    }
  };
  await visit(folder);
  const isForeign = (name: string) => {
    const top = name.split('.')[0]!;
    return !own.has(top) && !NEVER_PRELOADED.has(top);
  };
  return [...names].filter(isForeign).sort();
}
