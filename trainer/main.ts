/**
 * The trainer process: `trainer <workspace> [--idle-seconds <n>]`. Windows start it, detached, and find it again by
 * `.reinforce/trainer.json`. It ends by itself when nothing is under way and no window is attached for a while.
 *
 * Exit codes: 0 at its end, 1 for what was wrong, 3 where another trainer serves this workspace already.
 */
import { appendFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HumanError } from '../sandbox/humanError.ts';
import { listen } from './background/listen.ts';
import { LogFile } from './background/logFile.ts';
import { Trainer } from './background/trainer.ts';
import { Windows } from './background/windows.ts';
import { versions } from './cli/places.ts';
import { Lock } from './run/lock.ts';
import { prepareRuns } from './run/workspaceRuns.ts';

const exitTaken = 3;
const usualIdleSeconds = 60;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'idle-seconds': { type: 'string' } },
});
const workspace = resolve(positionals[0] ?? '.');
const idleSeconds = Number(values['idle-seconds'] ?? usualIdleSeconds);

try {
  await serve();
  process.exit();
} catch (error) {
  const text = error instanceof HumanError ? error.message : String((error as Error).stack);
  process.stderr.write(`${text}\n`);
  // A window that starts a trainer does not read its standard error.
  await appendFile(logOf(workspace), `${new Date().toISOString()} ${text}\n`).catch(() => {});
  process.exit(1);
}

async function serve(): Promise<void> {
  const folder = dirname(await prepareRuns(workspace));
  // Others go first, but a busy machine must not starve a training altogether.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const lock = await Lock.acquire(folder, 'The workspace').catch((error: unknown) => {
    if (!(error instanceof HumanError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(exitTaken);
  });
  await using _lock = lock;
  const { reinforce: version } = versions();
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  await using windows = new Windows({ onEmpty: () => idle.check(), onShutdown: end });
  await using log = await LogFile.open(logOf(workspace), (line) => windows.log(line));
  const onChange = (now: boolean) => {
    windows.stateChanged(now);
    idle.check();
  };
  await using trainer = new Trainer({
    workspace,
    version,
    onChange,
    onLog: (line) => log.write(line),
  });
  const idle = idleTimer(() => !trainer.busy && windows.count === 0, end);
  windows.serve(trainer);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
  process.on('uncaughtException', (error) => {
    log.write(`The trainer ends, because it failed unexpectedly: ${error.stack}`);
    process.exitCode = 1;
    end();
  });
  await using listening = await listen(folder, version, windows.onConnection, {
    onTrouble: (sentence) => log.write(sentence),
  });
  log.write(`The trainer of ${workspace} listens (process ${process.pid}, version ${version}).`);
  idle.check();
  await over;
  idle.stop();
  log.write('The trainer ends.');
  await listening[Symbol.asyncDispose]();
}

function logOf(folder: string): string {
  return join(folder, '.reinforce', 'trainer.log');
}

/** Calls `end` once `isIdle` has held for a while. */
function idleTimer(isIdle: () => boolean, end: () => void): { check(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    check() {
      if (!isIdle()) {
        clearTimeout(timer);
        timer = undefined;
      } else {
        timer ??= setTimeout(() => {
          timer = undefined;
          if (isIdle()) end();
        }, 1000 * idleSeconds);
      }
    },
    stop: () => clearTimeout(timer),
  };
}
