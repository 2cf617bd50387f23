/** mocha: loaded with the project's options while it waits, then one job, since modules cannot be unloaded again. */
import { existsSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type MochaClass from 'mocha';
import type { TestOutcome } from '../../reward.ts';
import { boot, describe, serveJobs } from './serveJobs.ts';
import { idOf, namePattern } from './testNames.ts';

type Options = MochaClass.MochaOptions & Readonly<Record<string, unknown>>;

process.chdir(boot.folder);
const require = createRequire(boot.module);
const Mocha: typeof MochaClass = require('mocha');
const { loadOptions } = part<{ loadOptions(): Options }>('options');
const { handleRequires } = part<{
  handleRequires(modules: readonly string[]): Promise<{ rootHooks?: MochaClass.RootHookObject }>;
}>('run-helpers');

const options = loadOptions();
const ofFolder = createRequire(join(boot.folder, 'package.json'));
for (const flag of [...listed(options['node-option']), ...flagsAlone(options)]) await applyNodeOption(flag);
// Packages are loaded now; the workspace's own modules only with the job, since it may replace what they import.
for (const name of listed(options.require)) preload(name);

await serveJobs(async (job) => {
  const { rootHooks } = await handleRequires(listed(options.require));
  const mocha = new Mocha({
    ...options,
    ...(rootHooks && { rootHooks }),
    reporter: class {} as never,
    forbidOnly: false,
    parallel: false,
    bail: false,
  });
  for (const file of listed(options.file)) mocha.addFile(join(boot.folder, file));
  for (const file of job.files) mocha.addFile(join(job.workspace, file));
  if (job.tests !== null) mocha.grep(namePattern(job.tests));
  tellProbes([]);
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    return { outcomes: [], loadError: describe(error) };
  }
  const outcomes: TestOutcome[] = [];
  const keep = (test: MochaClass.Test, error?: unknown) => {
    // A hook that fails is no test; those that it was for do not run.
    if (test.type !== 'test') return;
    const file = relative(job.workspace, test.file ?? '').replaceAll('\\', '/');
    const message = error === undefined ? undefined : describe(error);
    const passed = error === undefined;
    outcomes.push({ id: idOf(file, test.titlePath()), passed, ...(message !== undefined && { message }) });
  };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('test', (test) => tellProbes(test.titlePath()))
      .on('hook', (hook) => {
        if (/^"(before|after) all" /.test(hook.title)) tellProbes([]);
      })
      .on('pass', (test) => keep(test))
      .on('fail', (test, error) => keep(test, error ?? new Error('It failed.')));
  });
  return { outcomes, loadError: null };
});

/** A part of mocha's own command line, whose files are called otherwise since version 12. */
function part<T>(name: string): T {
  try {
    return require(`mocha/lib/cli/${name}.cjs`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return require(`mocha/lib/cli/${name}.js`);
  }
}

/** Names of the test under way; none where what runs is several tests' affair. */
function tellProbes(names: readonly string[]): void {
  Reflect.set(globalThis, 'reinforce test', names);
}

function preload(name: string): void {
  if (/^[./]/.test(name) || existsSync(join(boot.folder, name))) return;
  try {
    ofFolder(name);
  } catch {
    // It says what is wrong with it when mocha loads it.
  }
}

function listed(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Node's own options that mocha's configuration may hold under their names. */
function flagsAlone(from: Options): string[] {
  return ['import', 'loader', 'experimental-loader'].flatMap((name) =>
    listed(from[name]).map((value) => `${name}=${value}`),
  );
}

/** Does what an option of Node's would have done at its start: those that load something; others are left out. */
async function applyNodeOption(option: string): Promise<void> {
  const [, name, value] = /^-*([\w-]+)[= ](.+)$/.exec(option) ?? [];
  if (value === undefined) return;
  if (name === 'import') await import(resolved(value));
  else if (name === 'require' || name === 'r') ofFolder(value);
  else if (name === 'loader' || name === 'experimental-loader') {
    register(resolved(value), pathToFileURL(join(boot.folder, 'package.json')));
  }
}

function resolved(specifier: string): string {
  if (specifier.startsWith('file:')) return specifier;
  return pathToFileURL(ofFolder.resolve(specifier)).href;
}
