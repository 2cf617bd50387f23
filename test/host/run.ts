/** `npm run test:host [-- window…]`: runs the tests that need an extension host, each group in a window of its own. */
import { join } from 'node:path';
import { runHostTests } from '../vscode/hostTests.ts';
import { buildHostTests } from './build.ts';
import { sampleWorkspace } from './workspaces.ts';

const root = join(import.meta.dirname, '../..');

const windows: Readonly<Record<string, (tests: string) => Promise<void>>> = {
  async empty(tests) {
    await runHostTests({ extension: root, tests });
  },
  async workspace(tests) {
    await using workspace = await sampleWorkspace();
    await runHostTests({ extension: root, tests, place: workspace.path });
  },
};

const testsOf = await buildHostTests();
const wanted = process.argv.slice(2);
const failed: string[] = [];
const names = wanted.length > 0 ? wanted : Object.keys(windows);
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
