import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { logNames } from '../../../trainer/run/records.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { listRuns, readRunLog } from '../../../trainer/run/workspaceRuns.ts';
import { collect, newRun } from './runs.ts';

const lastStep = 60;
const kills = 10;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-kill-'));
});
afterEach(() => rm(root, { recursive: true }));

async function emptyRun(): Promise<string> {
  const run = await RunDirectory.create(root, newRun);
  await run.close();
  return run.path;
}

/** Lets a writer go on with the run, and kills it somewhere in or after its step number `steps`, or never. */
async function write(path: string, steps: number): Promise<void> {
  const writer = spawn(process.execPath, [
    join(import.meta.dirname, 'killedWriter.ts'),
    path,
    String(lastStep),
  ]);
  const ended = once(writer, 'exit');
  let errors = '';
  writer.stderr.on('data', (text) => {
    errors += text;
  });
  let done = 0;
  for await (const _ of createInterface(writer.stdout)) {
    if (++done < steps) continue;
    await delay(Math.random() * 5);
    writer.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  expect(code === 0 || signal === 'SIGKILL', errors).toBe(true);
}

/** All that a run wrote, without the times and its own name. */
async function contents(path: string): Promise<unknown> {
  const logs = await Promise.all(logNames.map((name) => collect<{ time: string }>(readRunLog(path, name))));
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const others = files.filter(({ name }) => /safetensors$|^about\.json$/.test(name));
  const bytes = await Promise.all(
    others.map(async ({ parentPath, name }) => [
      join(parentPath, name).slice(path.length),
      (await readFile(join(parentPath, name))).toString('base64'),
    ]),
  );
  return {
    logs: logs.map((log) => log.map(({ time, ...record }) => record)),
    files: Object.fromEntries(bytes),
  };
}

it('a run killed ten times at any moment ends as one that was never killed', async () => {
  const [whole, killed] = [await emptyRun(), await emptyRun()];
  await write(whole, Number.POSITIVE_INFINITY);
  let interrupted = 0;
  for (let i = 0; i < kills; i++) {
    await write(killed, 1 + Math.floor(Math.random() * 4));
    const listed = (await listRuns(root)).find(({ path }) => path === killed);
    interrupted += Number(listed && 'interrupted' in listed && listed.interrupted);
  }
  expect(interrupted).toBeGreaterThanOrEqual(kills / 2);
  await write(killed, Number.POSITIVE_INFINITY);
  expect(await contents(killed)).toEqual(await contents(whole));
  expect(await readdir(killed)).toEqual(await readdir(whole));
});
