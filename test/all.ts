/**
 * `npm test`: checks, builds, and runs all tests: of the parts, beside llama.cpp, of the package, inside an extension host, and of the installed
 * package in a browser. The last line counts them.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { platformHere } from '../packaging/platforms.ts';
import { readCounts } from './host/counts.ts';
import { hasLlamaCpp, whyNoLlamaCpp } from './peers/llamaCpp.ts';

const root = join(import.meta.dirname, '..');
const reports = join(root, '.cache/test-reports');
await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

const results: { readonly name: string; readonly counts: Counts; readonly seconds: number }[] = [];
const isReady = (await step('check', 'npm', 'run', 'check')) && (await step('build', 'npm', 'run', 'build'));
if (isReady) {
  await vitest('unit', []);
  if (hasLlamaCpp) await vitest('llama.cpp', ['--config', 'test/peers/vitest.config.ts', 'llamaCpp']);
  else console.log(whyNoLlamaCpp);
  if (await step('package', 'node', 'packaging/package.ts', platformHere())) {
    await inHost();
    await vitest('browser', ['--config', 'test/e2e/vitest.config.ts']);
  }
}
const sum = (key: keyof Counts): number => results.reduce((total, { counts }) => total + counts[key], 0);
console.log();
for (const { name, counts, seconds } of results) {
  console.log(`${name.padEnd(10)} ${counts.passed} passed, ${counts.failed} failed, ${seconds.toFixed(0)} s`);
}
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
if (sum('failed') > 0) process.exitCode = 1;

/** A step that counts as one test. */
async function step(name: string, ...command: string[]): Promise<boolean> {
  const { seconds, ok } = await execute(command);
  results.push({ name, counts: { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }, seconds });
  return ok;
}

async function vitest(name: string, words: readonly string[]): Promise<void> {
  const file = join(reports, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { seconds, ok } = await execute(['vitest', 'run', ...words, ...reporters]);
  const { numPassedTests: passed, numFailedTests } = vitestReport.parse(
    JSON.parse(await readFile(file, 'utf8')),
  );
  // A file that does not load has no tests, and an error outside of tests belongs to none.
  const failed = ok ? numFailedTests : Math.max(1, numFailedTests);
  results.push({ name, counts: { passed, failed }, seconds });
}

async function inHost(): Promise<void> {
  const file = join(reports, 'host.jsonl');
  const { seconds, ok } = await execute(['node', 'test/host/run.ts'], { REINFORCE_TEST_COUNTS: file });
  const counts = await readCounts(file);
  results.push({
    name: 'in host',
    counts: { ...counts, failed: ok ? counts.failed : Math.max(1, counts.failed) },
    seconds,
  });
}

async function execute(
  [file, ...words]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ seconds: number; ok: boolean }> {
  const started = performance.now();
  const { failed } = await execa(file!, words, { cwd: root, env, stdio: 'inherit', reject: false });
  return { seconds: (performance.now() - started) / 1000, ok: !failed };
}
