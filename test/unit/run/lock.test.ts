import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Lock } from '../../../trainer/run/lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-lock-'));
});
afterEach(() => rm(directory, { recursive: true }));

const lockFiles = async () => (await readdir(directory)).filter((name) => name.startsWith('lock'));

/** A process that ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  return child.pid!;
}

const leave = (generation: number, owner: object) =>
  writeFile(
    join(directory, `lock.${generation}`),
    JSON.stringify({ host: hostname(), started: null, ...owner }),
  );

describe('a lock', () => {
  it('names what holds it to those that are refused', async () => {
    await using _lock = await Lock.acquire(directory, 'The workspace', 'reinforce train');
    const sentence =
      /^The workspace is in use by reinforce train \(process \d+ on .+\): wait for it or stop it; /;
    await expect(Lock.acquire(directory, 'The workspace')).rejects.toThrow(sentence);
    await expect(Lock.refuse(directory, 'The workspace')).rejects.toThrow(sentence);
  });

  it('is held by one owner at a time', async () => {
    const lock = await Lock.acquire(directory, 'This run');
    expect(await Lock.isHeld(directory)).toBe(true);
    await expect(Lock.acquire(directory, 'This run')).rejects.toThrow(
      new RegExp(`^This run is in use by process ${process.pid} on .*: wait for it or stop it; .*\\.$`),
    );
    await lock.release();
    expect(await Lock.isHeld(directory)).toBe(false);
    await (await Lock.acquire(directory, 'This run')).release();
    expect(await lockFiles()).toEqual([]);
  });

  it('goes to one of many that ask at once', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 20 }, () => Lock.acquire(directory, 'This run')),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await lockFiles()).toHaveLength(1);
  });

  it('of a dead process is taken over by one of many that ask at once', async () => {
    await leave(3, { pid: await deadPid() });
    expect(await Lock.isHeld(directory)).toBe(false);
    const asked = await Promise.allSettled(
      Array.from({ length: 20 }, () => Lock.acquire(directory, 'This run')),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await lockFiles()).toEqual(['lock.4']);
  });

  it('that was half-written when its owner died is taken over', async () => {
    await writeFile(join(directory, 'lock.1'), '{"pid":');
    await using _ = await Lock.acquire(directory, 'This run');
    expect(await lockFiles()).toEqual(['lock.2']);
  });

  it.skipIf(process.platform !== 'linux')(
    'of an earlier process with a pid used again is taken over',
    async () => {
      await leave(1, { pid: process.pid, started: 'another boot 17' });
      await using _ = await Lock.acquire(directory, 'This run');
      expect(await lockFiles()).toEqual(['lock.2']);
    },
  );

  it('of another machine is respected', async () => {
    await leave(1, { pid: await deadPid(), host: `not-${hostname()}` });
    await expect(Lock.acquire(directory, 'This run')).rejects.toThrow(/in use by process/);
  });
});
