/** `npm run test:host [-- window…]`: runs the tests that need an extension host, each group in a window of its own. */
import { rejects } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBubblewrap } from '../../sandbox/isolation/probe.ts';
import { writeLongRun } from '../bench/longRun.ts';
import { runHostTests } from '../vscode/hostTests.ts';
import { buildHostTests } from './build.ts';
import { addCounts } from './counts.ts';
import { sampleWorkspace } from './workspaces.ts';

const extensions = [join(import.meta.dirname, '../..')];

/** Name of a module in windows/ → opens what its tests need and runs them there. */
const windows: Readonly<Record<string, (tests: string) => Promise<void>>> = {
  async empty(tests) {
    await runHostTests({ extensions, tests });
  },
  async workspace(tests) {
    await using workspace = await sampleWorkspace();
    await runHostTests({ extensions, tests, place: workspace.path });
  },
  async settings(tests) {
    await using workspace = await sampleWorkspace();
    const settings = { 'reinforce.completions.warmUp': false };
    await runHostTests({ extensions, tests, place: workspace.path, settings });
  },
  /** Two windows, one after the other: what the first begins goes on without it. */
  async goOn(tests) {
    await using workspace = await sampleWorkspace();
    const place = workspace.path;
    const temporary = join(place, '../tmp');
    await mkdir(temporary);
    const env = { REINFORCE_TEST_TMPDIR: temporary };
    await runHostTests({ extensions, tests: testsOf('begin'), place, env });
    await runHostTests({ extensions, tests, place, env });
  },
  async rewardLog(tests) {
    await using workspace = await sampleWorkspace();
    await writeLongRun(join(workspace.path, '.reinforce/runs/long'), 300);
    await runHostTests({ extensions, tests, place: workspace.path });
  },
  async untrusted(tests) {
    await using workspace = await sampleWorkspace();
    await runHostTests({ extensions, tests, place: workspace.path, trusted: false });
  },
  async manyFolders(tests) {
    await using workspace = await sampleWorkspace();
    const other = join(workspace.path, '../other');
    await mkdir(other);
    await writeFile(join(other, 'plain.ts'), 'export const one = 1;\n');
    const place = join(workspace.path, '../both.code-workspace');
    await writeFile(place, JSON.stringify({ folders: [{ path: 'sample' }, { path: 'other' }] }));
    await runHostTests({ extensions, tests, place });
  },
  async virtual(tests) {
    await using workspace = await sampleWorkspace();
    const place = join(workspace.path, '../virtual.code-workspace');
    await writeFile(place, JSON.stringify({ folders: [{ uri: 'reinforce-test:/folder' }] }));
    const provider = join(import.meta.dirname, 'memory-folder');
    await runHostTests({ extensions: [...extensions, provider], tests, place });
  },
  /** A death of the extension host must not pass for success. */
  async dying(tests) {
    await rejects(runHostTests({ extensions, tests }));
    addCounts({ passed: 1, failed: 0 });
  },
};

const verdict = await ensureBubblewrap();
if (!verdict.works) throw new Error(verdict.remedy);
const testsOf = await buildHostTests();
const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(windows);
const failed: string[] = [];
for (const name of names) {
  console.log(`\nIn a window: ${name}`);
  await windows[name]!(testsOf(name)).catch((error: Error) => {
    failed.push(name);
    console.error(error.message);
  });
}
console.log(
  `\nWindows: ${names.length - failed.length} passed, ${failed.length} failed. ${failed.join(', ')}`,
);
if (failed.length > 0) process.exitCode = 1;
