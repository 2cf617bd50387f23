/** One file of the hub into the cache: goes on where an earlier try ended, and is taken only with the right checksum. */
import { mkdir, open, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { downloadFile, HubApiError } from '@huggingface/hub';
import { HumanError } from '../../sandbox/humanError.ts';
import { asWriteError } from '../files/replaceFile.ts';
import { type Expected, matches } from './checksum.ts';

export interface HubAccess {
  readonly hubUrl: string;
  readonly accessToken: string | undefined;
  readonly fetch: typeof fetch;
}

export interface FileOfHub {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly expected: Expected;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes of the file are there. */
  readonly onBytes: (done: number) => void;
  /** Milliseconds before the first retry; each further one waits twice as long. */
  readonly firstWait?: number;
}

/** Tries in a row that bring nothing new. */
const mostFailures = 5;

/** Puts the file into the cache directory of its repository, unless it is there already. */
export async function downloadToCache(
  root: string,
  file: FileOfHub,
  hub: HubAccess,
  options: DownloadOptions,
): Promise<void> {
  const { expected, commit, path } = file;
  const blob = join(root, 'blobs', expected.hash);
  const pointer = join(root, 'snapshots', commit, path);
  if ((await sizeOf(blob)) !== expected.size) {
    await mkdir(dirname(blob), { recursive: true });
    await fetchBlob(`${blob}.incomplete`, file, hub, options);
    await rename(`${blob}.incomplete`, blob);
  }
  options.onBytes(expected.size);
  await mkdir(dirname(pointer), { recursive: true });
  await rm(pointer, { force: true });
  await symlink(relative(dirname(pointer), blob), pointer);
}

async function fetchBlob(
  partial: string,
  file: FileOfHub,
  hub: HubAccess,
  options: DownloadOptions,
): Promise<void> {
  const { expected, path, repository } = file;
  const { signal, firstWait = 1000 } = options;
  let failures = 0;
  let damaged = false;
  for (;;) {
    const before = (await sizeOf(partial)) ?? 0;
    try {
      if (before < expected.size) await append(partial, before, file, hub, options);
      else if (expected.size === 0) await append(partial, 0, file, hub, options);
      if (await matches(partial, expected, signal)) return;
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw asWriteError(error, partial);
      failures = ((await sizeOf(partial)) ?? 0) > before ? 1 : failures + 1;
      if (failures >= mostFailures) throw error;
      await setTimeout(firstWait * 2 ** (failures - 1), undefined, { signal });
      continue;
    }
    // Complete and wrong: what an earlier try left was damaged, or the transfer was. Once more from the start.
    await rm(partial, { force: true });
    if (damaged) {
      throw new HumanError(
        `${path} of ${repository} arrives with another checksum than the hub lists: check the network and the proxy, then try again.`,
      );
    }
    damaged = true;
  }
}

/** Adds what is missing from byte `from` on. */
async function append(
  partial: string,
  from: number,
  { repository, commit, path, expected }: FileOfHub,
  hub: HubAccess,
  { onBytes }: DownloadOptions,
): Promise<void> {
  // Over plain HTTP, which can start anywhere.
  const blob = await downloadFile({
    repo: repository,
    revision: commit,
    path,
    xet: false,
    ...credentials(hub),
  });
  if (!blob) throw new HumanError(`${repository} lists ${path} and does not have it: try again later.`);
  const target = await open(partial, from === 0 ? 'w' : 'r+');
  try {
    let at = from;
    for await (const piece of blob.slice(from, expected.size).stream()) {
      await target.write(piece, 0, piece.length, at);
      at += piece.length;
      onBytes(at);
    }
    if (at < expected.size) throw new CutOff(`the connection ended ${expected.size - at} bytes early`);
    await target.truncate(expected.size);
    await target.sync();
  } finally {
    await target.close();
  }
}

class CutOff extends Error {}

/** The library's parameters for a hub. */
export function credentials({ hubUrl, accessToken, fetch }: HubAccess) {
  return { hubUrl, fetch, ...(accessToken === undefined ? {} : { accessToken }) };
}

/** Whether trying again may help: a connection that broke, or a server that is busy. */
function isPassing(error: unknown): boolean {
  if (error instanceof HumanError) return false;
  if (error instanceof HubApiError) return error.statusCode >= 500 || error.statusCode === 429;
  // undici's errors, and those of a stream that was aborted with a text.
  return (
    error instanceof CutOff ||
    error instanceof TypeError ||
    typeof error === 'string' ||
    isConnectionError(error)
  );
}

const connectionCodes = new Set([
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
]);

function isConnectionError(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return connectionCodes.has(code ?? '') || connectionCodes.has(cause?.code ?? '');
}

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
