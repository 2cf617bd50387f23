#!/usr/bin/env node
/**
 * The `reinforce` command. This file alone must run in older Node versions: what it starts needs the Node that comes
 * with the package `node`, and is started again in that one where it is not there yet.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;

if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  const { main } = await import('./cli/program.ts');
  await main(process.argv.slice(2));
} else {
  startAgain();
}

function startAgain(): void {
  const node = bundledNode();
  if (!node) {
    console.error(
      `Reinforce needs Node ${neededMajor} and this is ${process.versions.node}: run "npm ci" in its folder, which brings one, or install Node ${neededMajor}.`,
    );
    process.exitCode = 1;
    return;
  }
  const script = fileURLToPath(import.meta.url);
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl+C reaches the child by itself as well; it takes two signals at once for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGKILL' ? 137 : 1);
  });
}

/** The executable of the package `node`, unless that was installed without its set-up script. */
function bundledNode(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const file = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
