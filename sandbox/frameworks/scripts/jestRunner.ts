/** jest, kept alive: its core runs each job's files in this process, each in a context of its own, as it always does. */
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TestOutcome } from '../../reward.ts';
import { boot, describe, serveJobs } from './serveJobs.ts';
import { idOf, namePattern } from './testNames.ts';

/** What we read of what jest's core answers. */
interface AggregatedResult {
  readonly testResults: readonly {
    readonly testFilePath: string;
    readonly testExecError?: Error | null;
    readonly failureMessage?: string | null;
    readonly testResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

type RunCli = (argv: object, projects: readonly string[]) => Promise<{ results: AggregatedResult }>;

process.chdir(boot.folder);
const require = createRequire(boot.module);
const { runCLI }: { runCLI: RunCli } = require('@jest/core');

await serveJobs(async (job) => {
  const paths = job.files.map((file) => join(job.workspace, file));
  const argv = {
    $0: 'jest',
    _: paths,
    runTestsByPath: true,
    runInBand: true,
    ci: true,
    silent: true,
    reporters: [],
    collectCoverage: false,
    watchman: false,
    passWithNoTests: true,
    cacheDirectory: join(tmpdir(), 'jest'),
    notify: false,
    ...(job.tests !== null && { testNamePattern: namePattern(job.tests).source }),
  };
  forgetSources();
  const { results } = await runCLI(argv, [boot.folder]);
  const outcomes: TestOutcome[] = [];
  let loadError: string | null = null;
  for (const { testFilePath, testExecError, failureMessage, testResults } of results.testResults) {
    const file = relative(job.workspace, testFilePath).replaceAll('\\', '/');
    if (testResults.length === 0 && (testExecError || failureMessage)) {
      loadError ??= errorLine(failureMessage ?? describe(testExecError));
    }
    for (const { ancestorTitles, title, status, failureMessages } of testResults) {
      if (status !== 'passed' && status !== 'failed') continue;
      const id = idOf(file, [...ancestorTitles, title]);
      const message = failureMessages[0] && describe(failureMessages[0].split('\n    at ')[0]);
      outcomes.push({ id, passed: status === 'passed', ...(message && { message }) });
    }
  }
  return { outcomes, loadError };
});

/**
 * ts-jest keeps the compilers that it made, with the files that they have read, for as long as the process lives, and
 * would compile now and then what a file held before: a completion would be graded by another's text.
 */
function forgetSources(): void {
  for (const [path, module] of Object.entries(require.cache)) {
    if (!/[\\/]ts-jest-transformer\.js$/.test(path)) continue;
    const { TsJestTransformer } = module!.exports as {
      TsJestTransformer?: { _cachedConfigSets?: unknown[] };
    };
    TsJestTransformer?._cachedConfigSets?.splice(0);
  }
}

/** The line of a report on a file that could not be loaded that names the error. */
function errorLine(report: string): string {
  const text = stripVTControlCharacters(report);
  const error = /^\s*(\w*Error: .*)$/m.exec(text)?.[1];
  return error ?? describe(text.replace(/^\s*● .*$/m, '').trim());
}
