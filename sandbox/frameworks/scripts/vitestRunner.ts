/** vitest, kept alive: one instance serves all jobs, each test file running in a worker of its own, as it always does. */
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestCase, TestModule, TestSpecification } from 'vitest/node';
import type { TestOutcome } from '../../reward.ts';
import { boot, describe, type Job, serveJobs } from './serveJobs.ts';
import { idOf, namePattern } from './testNames.ts';

const { createVitest }: typeof import('vitest/node') = await import(pathToFileURL(boot.module).href);
process.chdir(boot.folder);
const vitest = await createVitest(
  'test',
  {
    root: boot.folder,
    watch: false,
    run: true,
    reporters: [{}],
    coverage: { enabled: false },
    typecheck: { enabled: false },
    passWithNoTests: true,
    fileParallelism: false,
    // A thread could reach what all jobs share.
    pool: 'forks',
    isolate: true,
    ui: false,
    api: false,
    update: false,
    cache: false,
    silent: true,
  },
  // The workspace is read-only, so nothing may be written beside its configuration.
  { cacheDir: join(tmpdir(), 'vite'), configLoader: 'runner', logLevel: 'silent' } as Parameters<
    typeof createVitest
  >[2],
);
await vitest.globTestSpecifications();

await serveJobs(async (job) => {
  for (const file of job.changed) vitest.invalidateFile(join(job.workspace, file));
  if (job.tests === null) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(namePattern(job.tests));
  const specifications = (await Promise.all(job.files.map((file) => specificationsOf(job, file)))).flat();
  // It answers with the results of all runs so far: none of an earlier job may stand for this one's.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  const { testModules } = await vitest.runTestSpecifications(specifications);
  let loadError: string | null = null;
  const outcomes = testModules.flatMap((module) => {
    const [error] = module.errors();
    if (error !== undefined) loadError ??= describe(error);
    return outcomesOf(job, module);
  });
  return { outcomes, loadError };
});

/** A file may belong to several projects; one that was not there at the start belongs where its neighbours do. */
async function specificationsOf(job: Job, file: string): Promise<TestSpecification[]> {
  const path = join(job.workspace, file);
  const known = vitest.getModuleSpecifications(path);
  if (known.length > 0) return known.slice(0, 1);
  const project = vitest.projects.find((candidate) => candidate.matchesTestGlob(path)) ?? vitest.projects[0]!;
  return [project.createSpecification(path)];
}

function outcomesOf(job: Job, module: TestModule): TestOutcome[] {
  const file = relative(job.workspace, module.moduleId).replaceAll('\\', '/');
  const outcomes: TestOutcome[] = [];
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result();
    if (state !== 'passed' && state !== 'failed') continue;
    // A test that is expected to fail says nothing about the code.
    if (test.options.fails) continue;
    const id = idOf(file, namesOf(test));
    const message = errors?.[0] && describe(errors[0]);
    outcomes.push({ id, passed: state === 'passed', ...(message !== undefined && { message }) });
  }
  return outcomes;
}

function namesOf(test: TestCase): string[] {
  const names = [test.name];
  for (let above = test.parent; above.type === 'suite'; above = above.parent) names.unshift(above.name);
  return names;
}
