/** Where windows reach the trainer: a socket that only this user can open, and a file that says where it is. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { replaceJson } from '../files/replaceFile.ts';
import { addressFile, type TrainerAddress } from '../protocol/training.ts';

/** A Unix socket's path may have some 100 bytes on macOS, less than a temporary folder with a long name takes. */
const longestPath = 100;
const ownSocket = /\/reinforce-\w{6}\/socket$/;
const addressSchema = z.object({ socket: z.string() });

export interface Listening extends AsyncDisposable {
  readonly address: TrainerAddress;
}

/** A folder of temporary files is swept by some systems, and emptied by some people. */
const lookMilliseconds = 5000;

/**
 * Listens, then writes `trainer.json` into `folder`, and does both again when either is removed while it lives. Both go when
 * it is disposed of; what a trainer left that was killed goes now, so the caller must hold the folder's lock.
 *
 * @param onTrouble told a sentence when what was removed cannot be made again; it is tried again later.
 */
export async function listen(
  folder: string,
  version: string,
  onConnection: (socket: Socket) => void,
  { onTrouble = () => {}, every = lookMilliseconds }: ListenOptions = {},
): Promise<Listening> {
  const file = join(folder, addressFile);
  await removeSocket(await readAddress(file));
  let [server, address] = await open(file, version, onConnection);
  const look = async () => {
    if ((await isThere(address.socket)) && (await isThere(file))) return;
    const [old, gone] = [server, address];
    [server, address] = await open(file, version, onConnection);
    // Windows that are connected stay so.
    old.close();
    await removeSocket(gone);
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking
      .then(look)
      .catch((error: unknown) => onTrouble(`Windows cannot find this trainer any more: ${error}`));
  }, every);
  timer.unref();
  return {
    get address() {
      return address;
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await looking;
      await close(server, address, file);
    },
  };
}

interface ListenOptions {
  readonly onTrouble?: (sentence: string) => void;
  /** Milliseconds between two looks at whether it can still be reached. */
  readonly every?: number;
}

async function open(
  file: string,
  version: string,
  onConnection: (socket: Socket) => void,
): Promise<[Server, TrainerAddress]> {
  const socket = await socketPath();
  const server = createServer(onConnection);
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(socket, done);
  });
  const address: TrainerAddress = { pid: process.pid, socket, version };
  try {
    await makeAgain(dirname(file));
    await replaceJson(file, address);
  } catch (error) {
    server.close();
    await removeSocket(address);
    throw error;
  }
  return [server, address];
}

/** The folder itself, but not the workspace around it, which whoever deleted wanted to be gone. */
async function makeAgain(folder: string): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** A pipe of Windows is no file, and cannot be removed. */
async function isThere(path: string): Promise<boolean> {
  if (path.startsWith('\\\\.\\pipe')) return true;
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function socketPath(): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\reinforce-${randomUUID()}`;
  const base = tmpdir().length > longestPath - 30 ? '/tmp' : tmpdir();
  // mkdtemp makes folders that only their owner may enter.
  return join(await mkdtemp(join(base, 'reinforce-')), 'socket');
}

async function close(server: Server, address: TrainerAddress, file: string): Promise<void> {
  server.close();
  if ((await readAddress(file))?.socket === address.socket) await rm(file, { force: true });
  await removeSocket(address);
}

async function readAddress(file: string): Promise<{ readonly socket: string } | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : addressSchema.safeParse(JSON.parse(text)).data;
}

/** Removes nothing but a folder that was made for a socket. */
async function removeSocket(address: { readonly socket: string } | undefined): Promise<void> {
  if (!address || process.platform === 'win32' || !ownSocket.test(address.socket)) return;
  await rm(dirname(address.socket), { recursive: true, force: true });
}
