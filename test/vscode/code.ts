#!/usr/bin/env node
/**
 * Stands where the executable of VS Code is expected, and takes its command line: runs the tests inside the extension host
 * of code-server's VS Code, with a browser as its window. Ends with 0 if they passed.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { developIn, openBrowser, workbenchAddress } from './browser.ts';
import { startServer } from './server.ts';

const words = process.argv.slice(2);
const valuesOf = (name: string): string[] => {
  const start = `--${name}=`;
  return words.filter((word) => word.startsWith(start)).map((word) => resolve(word.slice(start.length)));
};
/** What VS Code writes into the same console by itself. */
const ownLines = [
  /^(%c)?\s*(INFO|TRACE|DEBUG|\[)/,
  /^(Resolving|Resolved|Creating a socket|Updating additional|Ignoring|Error while fetching the extension)/,
  /^(Canceled: Canceled|Timed out waiting for authentication|Aborted onWillSave|Creation of workbench contribution)/,
  /^(Unable to read file|Failed to get installed servers|No search provider)/,
];

const limitSeconds = Number(process.env.REINFORCE_TEST_SECONDS ?? 300);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
process.exitCode = await run();

async function run(): Promise<number> {
  const [tests] = valuesOf('extensionTestsPath');
  if (tests === undefined) throw new Error('Give --extensionTestsPath: there is nothing else to do here.');
  const place = words.find((word) => !word.startsWith('-'));
  const settings = await userSettings(valuesOf('user-data-dir')[0]);
  await using server = await startServer({
    settings,
    trusted: settings['security.workspace.trust.enabled'] !== true,
    env: ownVariables(),
  });
  await using browser = await openBrowser(server.home);
  const verdict = join(server.home, 'verdict');
  const extensions = valuesOf('extensionDevelopmentPath');
  await developIn(browser.page, server, { extensions, tests: await wrap(tests, server.home, verdict) });
  try {
    const code = result(browser.page);
    await browser.page.goto(workbenchAddress(server, place && resolve(place)));
    return await judge(await code, verdict);
  } catch (error) {
    console.error(`${(error as Error).message}\n${server.log().slice(-3000)}`);
    await browser.page.screenshot({ path: 'vscode-tests.log.png' }).catch(() => undefined);
    return 1;
  }
}

/** What the page says when the tests have ended. Until then, prints what they print. */
function result(page: Page): Promise<number> {
  let ended = false; // What the page says while its extension host goes is of no interest.
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`The tests had no result after ${limitSeconds} s.`));
    setTimeout(late, limitSeconds * 1000).unref();
    page.on('crash', () => reject(new Error('The page crashed.')));
    void page.exposeFunction('codeAutomationExit', (code: number) => {
      ended = true;
      resolve(code);
    });
    void page.exposeFunction('codeAutomationLog', (level: string, values: unknown[]) => {
      const text = format(...values);
      if (!ended && level !== 'trace' && level !== 'debug' && !isOfVsCode(text)) console.log(text);
    });
  });
}

function isOfVsCode(text: string): boolean {
  return ownLines.some((pattern) => pattern.test(text));
}

/**
 * An extension host that dies is reported with 0. So the tests run inside a module that writes down how they ended, and
 * without that file nothing has passed.
 */
async function wrap(tests: string, home: string, verdict: string): Promise<string> {
  const file = join(home, 'tests.cjs');
  await writeFile(
    file,
    `const { writeFileSync } = require('node:fs');
exports.run = async () => {
  try {
    await require(${JSON.stringify(tests)}).run();
    writeFileSync(${JSON.stringify(verdict)}, 'passed');
  } catch (error) {
    writeFileSync(${JSON.stringify(verdict)}, 'failed');
    throw error;
  }
};
`,
  );
  return file;
}

async function judge(code: number, verdict: string): Promise<number> {
  const found = existsSync(verdict) ? await readFile(verdict, 'utf8') : 'none: the extension host died';
  if (found !== 'passed') console.error(`Verdict of the tests: ${found}.`);
  return code === 0 && found !== 'passed' ? 1 : code;
}

async function userSettings(userData: string | undefined): Promise<Record<string, unknown>> {
  const file = userData && join(userData, 'User/settings.json');
  return file && existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
}

/** All but what would lead the server to folders outside its own. */
function ownVariables(): Record<string, string> {
  const left = new Set(['HOME', 'TMPDIR', 'NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE', 'PATH']);
  const kept = Object.entries(process.env).filter(([name, value]) => !left.has(name) && value !== undefined);
  return Object.fromEntries(kept) as Record<string, string>;
}
