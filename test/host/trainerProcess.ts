import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Ends the trainer that a window left behind in a workspace, which would otherwise go on by itself. */
export async function endTrainer(workspace: string): Promise<void> {
  const pid = await trainerOf(workspace);
  if (pid === undefined || !isAlive(pid)) return;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; isAlive(pid); waited += 100) {
    if (waited > 10_000) process.kill(pid, 'SIGKILL');
    await delay(100);
  }
}

/** The process that the workspace's address file names. */
export async function trainerOf(workspace: string): Promise<number | undefined> {
  try {
    return JSON.parse(await readFile(join(workspace, '.reinforce/trainer.json'), 'utf8')).pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
