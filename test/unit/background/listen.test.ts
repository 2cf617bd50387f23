import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../../trainer/background/listen.ts';

let workspace: string;
let folder: string;
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'reinforce-listen-'));
  folder = join(workspace, '.reinforce');
  await mkdir(folder);
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

const told = async () =>
  JSON.parse(await readFile(join(folder, 'trainer.json'), 'utf8')) as { socket: string };
const sockets: Socket[] = [];
const start = () => listen(folder, '1', (socket) => sockets.push(socket), { every: 20 });
const eventually = (holds: () => Promise<void>) => expect.poll(() => holds().then(() => true)).toBe(true);

async function connects(socket: string): Promise<Socket> {
  const stream = createConnection(socket);
  await once(stream, 'connect');
  return stream;
}

test('where the socket is removed another takes its place, and who is connected stays so', async () => {
  await using listening = await start();
  const { socket } = listening.address;
  const early = await connects(socket);
  await rm(dirname(socket), { recursive: true });
  await expect.poll(async () => (await told()).socket).not.toBe(socket);
  const late = await connects((await told()).socket);
  await expect.poll(() => sockets.length).toBe(2);
  sockets[0]!.write('still there');
  expect(String((await once(early, 'data'))[0])).toBe('still there');
  for (const each of [early, late]) each.destroy();
});

test.each([
  ['the address', () => join(folder, 'trainer.json')],
  ['its folder', () => folder],
])('where %s is removed it is written again', async (_, removed) => {
  await using listening = await start();
  await rm(removed(), { recursive: true });
  await eventually(async () => void (await told()));
  expect((await told()).socket).toBe(listening.address.socket);
});

test('a workspace that is removed stays removed', async () => {
  const troubles: string[] = [];
  const onTrouble = (sentence: string) => void troubles.push(sentence);
  await using _listening = await listen(folder, '1', () => {}, { every: 20, onTrouble });
  await rm(workspace, { recursive: true });
  await expect.poll(() => troubles[0]).toMatch(/^Windows cannot find this trainer any more: /);
  await expect(stat(workspace)).rejects.toThrow('ENOENT');
});

test('at its end nothing is left of it', async () => {
  const listening = await start();
  const { socket } = listening.address;
  await listening[Symbol.asyncDispose]();
  for (const path of [dirname(socket), join(folder, 'trainer.json')]) {
    await expect(stat(path)).rejects.toThrow('ENOENT');
  }
});
