import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { processesWith } from './hostileCorpus.ts';

/**
 * A process that grades, started anew for each kill. Its mark stands in its environment, which the process that starts
 * sandboxes inherits, and in its workspace's path, which stands on the command line of each sandbox.
 */
let workspace: string;
let mark: string;
beforeEach(() => {
  mark = `mark-${randomUUID()}`;
  workspace = mkdtempSync(join(tmpdir(), `${mark}-`));
  cpSync(join(import.meta.dirname, '../../../test-fixtures/hostile-workspace'), workspace, {
    recursive: true,
  });
});
afterEach(() => rmSync(workspace, { recursive: true }));

function start(): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, 'killedGrader.ts'), workspace], {
    env: { ...process.env, MARK: mark },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const milliseconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count));
const nothingLeft = () => vi.waitFor(() => expect(processesWith(mark)).toEqual([]), { timeout: 10_000 });

/** The process that starts sandboxes. */
function hostOf(grader: ChildProcess): number {
  const children = readFileSync(`/proc/${grader.pid}/task/${grader.pid}/children`, 'utf8').split(' ');
  const host = children.find(
    (pid) => pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('host.ts'),
  );
  return Number(host);
}

it('a grader that is killed at any moment leaves no process behind', async () => {
  for (let n = 0; n < 12; n++) {
    const grader = start();
    // From the start of Node itself to some gradings.
    await milliseconds(Math.random() * (n < 6 ? 700 : 1500));
    grader.kill('SIGKILL');
    await once(grader, 'exit');
    await nothingLeft();
  }
});

it('when the process that starts its sandboxes is killed, none of them is left, and grading goes on', async () => {
  const grader = start();
  let printed = '';
  grader.stdout!.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const nextGrading = () => {
    printed = '';
    return vi.waitFor(() => expect(printed).toMatch(/passed/), { timeout: 20_000 });
  };
  for (let n = 0; n < 4; n++) {
    await nextGrading();
    await milliseconds(Math.random() * 200);
    const host = hostOf(grader);
    process.kill(host, 'SIGKILL');
    await vi.waitFor(() => expect(processesWith(mark)).not.toContain(`${host}`));
  }
  await nextGrading();
  const host = hostOf(grader);
  grader.kill('SIGKILL');
  process.kill(host, 'SIGKILL');
  await nothingLeft();
});
