/** Where windows reach the trainer: a socket that only this user can open, and a file that says where it is. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
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

/**
 * Listens, then writes `trainer.json` into `folder`. Both go when it is disposed of; what a trainer left that was killed
 * goes now, so the caller must hold the folder's lock.
 */
export async function listen(
  folder: string,
  version: string,
  onConnection: (socket: Socket) => void,
): Promise<Listening> {
  const file = join(folder, addressFile);
  await removeSocket(await readAddress(file));
  const socket = await socketPath();
  const server = createServer(onConnection);
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(socket, done);
  });
  const address: TrainerAddress = { pid: process.pid, socket, version };
  await replaceJson(file, address);
  return { address, [Symbol.asyncDispose]: () => close(server, address, file) };
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
