import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Looks in a row that have to find nothing: a process that is just being started bears its mark a moment later. */
const QUIET_LOOKS = 3;
const PAUSE_MILLISECONDS = 50;

/**
 * Kills every process with this text on its command line or in its environment, until none appears any more: those that
 * somebody had started who was killed too soon to see to them. Does nothing where the system has no /proc.
 */
export async function killMarked(mark: string): Promise<void> {
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet++) {
    for (const pid of marked(mark)) {
      quiet = 0;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
    await setTimeout(PAUSE_MILLISECONDS);
  }
}

function marked(mark: string): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  const bears = (path: string) => {
    try {
      return readFileSync(path, 'latin1').includes(mark);
    } catch {
      return false; // It has ended, or is somebody else's.
    }
  };
  return names.filter((name) => bears(`/proc/${name}/cmdline`) || bears(`/proc/${name}/environ`)).map(Number);
}
