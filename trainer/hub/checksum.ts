import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What a file of the hub must be: by its size and the hash that the hub's own listing has for it. */
export interface Expected {
  readonly size: number;
  /** `sha256` of the content for large files; git's object id (SHA-1 with a header) for those kept in git itself. */
  readonly kind: 'sha256' | 'git';
  readonly hash: string;
}

/** Whether the file at `path` is the expected one. Reads it once, in pieces. */
export async function matches(
  path: string,
  { size, kind, hash }: Expected,
  signal?: AbortSignal,
): Promise<boolean> {
  const sum = createHash(kind === 'sha256' ? 'sha256' : 'sha1');
  if (kind === 'git') sum.update(`blob ${size}\0`);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, signal })) sum.update(piece);
  return sum.digest('hex') === hash;
}
