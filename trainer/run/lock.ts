import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { asWriteError, isMissing } from '../files/replaceFile.ts';

const ownerSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** Tells a process from a later one with the same pid, where the platform says. */
  started: z.string().nullable(),
  /** What the process is, for people. */
  as: z.string().exactOptional(),
});
type Owner = z.output<typeof ownerSchema>;

/**
 * At most one living process owns a directory. Its lock file is `lock.<n>`; the next owner makes `lock.<n + 1>`, which
 * the file system lets only one process do, so that two that find the same dead owner never both take over.
 */
export class Lock implements AsyncDisposable {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * @param what names the directory's use in the refusal, for example "This run".
   * @param as what this process is to others that are refused, for example "reinforce train".
   * @throws HumanError when another living process owns `directory`, with its pid.
   */
  static async acquire(directory: string, what: string, as?: string): Promise<Lock> {
    await mkdir(directory, { recursive: true });
    const seen = await generations(directory);
    await refuseLiving(directory, seen, what);
    const next = (seen.at(-1) ?? 0) + 1;
    const path = lockPath(directory, next);
    const mine: Owner = {
      pid: process.pid,
      host: hostname(),
      started: await startOf(process.pid),
      ...(as === undefined ? {} : { as }),
    };
    try {
      await writeFile(path, JSON.stringify(mine), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw taken(directory, what, undefined);
      throw asWriteError(error, path);
    }
    // Somebody who started from older news may have made a lower number meanwhile; whoever has the highest owns it.
    const later = (await generations(directory)).filter((n) => n > next);
    if (later.length > 0) {
      await rm(path, { force: true });
      throw taken(directory, what, undefined);
    }
    for (const old of seen) await rm(lockPath(directory, old), { force: true });
    return new Lock(path);
  }

  /** @throws HumanError as `acquire` does, and leaves everything as it is. */
  static async refuse(directory: string, what: string): Promise<void> {
    await refuseLiving(directory, await generations(directory), what);
  }

  /** Whether a living process owns `directory`. */
  static async isHeld(directory: string): Promise<boolean> {
    for (const n of await generations(directory)) {
      const owner = await ownerOf(lockPath(directory, n));
      if (owner && (await isAlive(owner))) return true;
    }
    return false;
  }

  /** @throws HumanError when somebody deleted the lock, so that nothing keeps others away any more. */
  async confirm(): Promise<void> {
    try {
      await access(this.#path);
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new HumanError(
        `${this.#path}, which keeps others from writing there, was deleted meanwhile: start again, and leave .reinforce as it is while a training runs.`,
      );
    }
  }

  async release(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }
}

const lockPath = (directory: string, generation: number) => join(directory, `lock.${generation}`);

/** Numbers of the lock files in a directory, ascending. */
async function generations(directory: string): Promise<number[]> {
  const names = await readdir(directory).catch(() => []);
  return names
    .map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? Number.NaN))
    .filter((n) => !Number.isNaN(n))
    .sort((a, b) => a - b);
}

async function refuseLiving(directory: string, seen: readonly number[], what: string): Promise<void> {
  for (const n of seen) {
    const owner = await ownerOf(lockPath(directory, n));
    if (owner && (await isAlive(owner))) throw taken(directory, what, owner);
  }
}

function taken(directory: string, what: string, owner: Owner | undefined): HumanError {
  const process = owner && `process ${owner.pid} on ${owner.host}`;
  const who = owner?.as === undefined ? (process ?? 'another process') : `${owner.as} (${process})`;
  return new HumanError(
    `${what} is in use by ${who}: wait for it or stop it; if there is no such process, delete ${directory}/lock.*.`,
  );
}

/** An owner that died while it wrote its own lock file has left one that says nothing; it is given a moment. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  for (const delay of [0, 100]) {
    await new Promise((done) => setTimeout(done, delay));
    try {
      return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      // Gone, or half-written.
    }
  }
  return undefined;
}

async function isAlive(owner: Owner): Promise<boolean> {
  // Nothing can be said about the processes of another machine.
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return owner.started === null || owner.started === (await startOf(owner.pid));
}

/** On Linux, the boot and the tick of it that a process started at, or that it only waits to be reaped; else null. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The second field is the program's name in brackets and may hold spaces; state is the third, start the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'dead' : `${boot.trim()} ${fields[19]}`;
  } catch {
    return null;
  }
}
