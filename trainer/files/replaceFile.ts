import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';

/**
 * Writes `path` so that it is there as a whole or not at all: `write` fills a temporary file beside it, which is
 * forced to disk and renamed. When anything fails, the temporary file is removed and the old `path` stays.
 *
 * @throws HumanError when the disk is full or may not be written to.
 */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const temporary = `${path}.tmp-${process.pid}`;
  try {
    const file = await open(temporary, 'w');
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw asWriteError(error, path);
  }
}

/** `replaceFile` for a JSON value, indented for people. */
export async function replaceJson(path: string, value: unknown): Promise<void> {
  await replaceFile(path, (file) => file.writeFile(`${JSON.stringify(value, null, 2)}\n`));
}

/** Makes the names in a directory (new, renamed or removed) survive a power cut. Windows has no such call. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether a file or folder on the way to it is not there, or no folder. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** A failed write as a sentence with its remedy where the disk, its rights or a missing folder are the cause; else the error itself. */
export function asWriteError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (isMissing(error)) {
    return new HumanError(
      `${path} cannot be written (${code}): see to it that there is a folder around it that nobody deletes or replaces.`,
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new HumanError(
      `There is no room left to write ${path} (${code}): free some disk space, then resume.`,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new HumanError(`${path} may not be written (${code}): check the rights of its directory.`);
  }
  return error;
}
