import { type FileHandle, open } from 'node:fs/promises';
import { HumanError } from '../../sandbox/humanError.ts';
import { whyUnreadable } from './readJson.ts';

const chunkBytes = 4 << 20;

/** Opens `path` for `use`, and closes it. Throws a HumanError when it cannot be opened. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new HumanError(`${path} ${whyUnreadable(error)}: check the path of the model.`);
  });
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Fills `target` with bytes of the file; pieces of at most 1 GiB, because one call cannot read more than 2 GiB. */
export async function fillFrom(file: FileHandle, position: number, target: Uint8Array): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const length = Math.min(target.length - done, 2 ** 30);
    const { bytesRead } = await file.read(target, done, length, position + done);
    if (bytesRead === 0) throw new HumanError('A file was cut short while it was being read: try again.');
    done += bytesRead;
  }
}

/** Bytes of the file in a buffer of their own. */
export async function readBytes(
  file: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  await fillFrom(file, position, bytes);
  return bytes;
}

/**
 * Gives `use` the bytes in chunks of whole units, one after the other in the same buffer, so that converting a large
 * tensor never holds all of its stored form beside the result.
 */
export async function readInChunks(
  file: FileHandle,
  position: number,
  length: number,
  unit: number,
  use: (chunk: Uint8Array<ArrayBuffer>, at: number) => void,
): Promise<void> {
  const size = Math.min(length, Math.max(1, Math.floor(chunkBytes / unit)) * unit);
  const buffer = new Uint8Array(size);
  for (let at = 0; at < length; at += size) {
    const chunk = buffer.subarray(0, Math.min(size, length - at));
    await fillFrom(file, position + at, chunk);
    use(chunk, at);
  }
}
