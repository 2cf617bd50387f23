import type { Readable } from 'node:stream';
import { openPromise } from 'yauzl';

/** A file in a package, by its path inside the extension's folder. */
export interface PackagedFile {
  readonly path: string;
  /** Unpacked size in bytes. */
  readonly size: number;
  readonly executable: boolean;
  /** The first bytes, at most 4096, which tell what machine a native file is for. */
  readonly head: Buffer;
}

export interface Vsix {
  readonly files: readonly PackagedFile[];
  /** The extension's manifest as packaged. */
  readonly manifest: unknown;
}

const headBytes = 4096;
const inside = 'extension/';

/** Reads back what a VSIX, which is a zip file, holds of the extension. */
export async function readVsix(path: string): Promise<Vsix> {
  const zip = await openPromise(path, { lazyEntries: true });
  const files: PackagedFile[] = [];
  let manifest: unknown;
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.startsWith(inside)) continue;
    const name = entry.fileName.slice(inside.length);
    const whole = name === 'package.json';
    const content = await start(await zip.openReadStreamPromise(entry), whole ? Infinity : headBytes);
    if (whole) manifest = JSON.parse(content.toString('utf8'));
    const mode = entry.externalFileAttributes >>> 16;
    files.push({
      path: name,
      size: entry.uncompressedSize,
      executable: (mode & 0o111) === 0o111,
      head: content.subarray(0, headBytes),
    });
  }
  return { files, manifest };
}

async function start(stream: Readable, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}
