import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HumanError } from '../../humanError.ts';
import { type Limits, nodeProgram } from '../../isolation/isolation.ts';
import { bundledText } from '../runnerText.ts';
import type { Serving } from '../servedFramework.ts';
import { withProbes } from './probes.ts';
import type { ScriptBoot } from './serveJobs.ts';

type Name = 'vitest' | 'jest' | 'mocha';

/** Where each framework is loaded from, and how many jobs may share a process. */
const FRAMEWORKS = {
  // A worker of its own runs each test file, so only what vitest keeps of sources lasts.
  vitest: { entry: 'vitest/node', jobsPerRunner: 50, sharesProcess: false },
  // Tests run in the runner's own process, in contexts that leak a little; in processes of their own it took 8 times as long.
  jest: { entry: 'jest', jobsPerRunner: 25, sharesProcess: true },
  mocha: { entry: 'mocha', jobsPerRunner: 1, sharesProcess: false },
} as const;

/** What a transform, a bundler and their threads take beside the tests. */
const OVERHEAD = { cpuSeconds: 2, memoryMegabytes: 768, processes: 112, fileMegabytes: 48 };

/** How the tests of a folder are run by a framework of the project's own. */
export function serveScripts(name: Name, workspace: string, folder: string, limits: Limits): Serving {
  const { entry, jobsPerRunner, sharesProcess } = FRAMEWORKS[name];
  const absolute = join(workspace, folder);
  const module = resolve(absolute, entry);
  if (module === undefined) {
    throw new HumanError(
      `The tests in ${absolute} want ${name}, which is not installed there: run npm install (or what the project uses in its place).`,
    );
  }
  const boot: ScriptBoot = { module, folder };
  const text = bundledText(`${name}Runner`);
  const room = { ...limits, memoryMegabytes: limits.memoryMegabytes + OVERHEAD.memoryMegabytes };
  return {
    name,
    folder,
    program: {
      ...nodeProgram(['--input-type=module', '--eval', text, '--', JSON.stringify(boot)], room),
      reads: packagesAbove(workspace),
    },
    jobsPerRunner,
    sharesProcess,
    overhead: OVERHEAD,
    probe: withProbes,
  };
}

function resolve(folder: string, entry: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(entry);
  } catch {
    return undefined;
  }
}

/** Packages that are installed above the workspace, as in a repository of several packages of which one is open. */
function packagesAbove(workspace: string): string[] {
  const found: string[] = [];
  for (let folder = dirname(workspace); folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) found.push(packages);
  }
  return found;
}
