/** The window's side of the completion server, with real processes that are killed, idle, and given bad models. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChildServer } from '../../../extension/background/childServer.ts';
import {
  ServerClient,
  type ServerClientOptions,
  type ServerStatus,
} from '../../../extension/completions/serverClient.ts';
import { at } from '../completion/serverProcess.ts';

const script = join(import.meta.dirname, '../../../trainer/completion/main.ts');
const never = new AbortController().signal;
const request = at('/** Adds. */\nexport function add(a: number, b: number): number {\n  ¦\n}\n');

let folder: string;
let statuses: ServerStatus[];
let troubles: string[];
let open: ServerClient[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reinforce-client-'));
  [statuses, troubles, open] = [[], [], []];
});
afterEach(async () => {
  for (const client of open) client[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

function newClient(options: Partial<ServerClientOptions> = {}): ServerClient {
  const client = new ServerClient({
    start: () => startChildServer({ node: process.execPath, script, onLog: () => {} }),
    policy: () => ({}),
    idleMilliseconds: () => undefined,
    onStatus: (status) => statuses.push(status),
    onTrouble: (sentence) => troubles.push(sentence),
    backOff: [20, 20],
    ...options,
  });
  open.push(client);
  return client;
}

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('nothing is started before something is asked for', () => {
  const client = newClient();
  expect(client.status).toEqual({ kind: 'asleep', idle: false });
  expect(client.pid).toBeUndefined();
});

test('a killed server is told in one sentence, starts again by itself, and completes', async () => {
  const client = newClient();
  expect(await client.complete(request, never)).toMatchObject({ kind: 'completion' });
  const first = client.pid!;
  const asked = client.complete(request, never);
  process.kill(first, 'SIGKILL');
  expect(['nothing', 'completion']).toContain((await asked).kind);
  await expect.poll(() => client.pid !== first && client.status.kind, { timeout: 30_000 }).toBe('ready');
  expect(troubles).toEqual(['The completion server ended (it was ended by SIGKILL) and starts again now.']);
  expect(statuses).toContainEqual({ kind: 'restarting', reason: troubles[0] });
  expect(await client.complete(request, never)).toMatchObject({ kind: 'completion' });
});

test('a server that keeps ending is given up, and comes back when it is asked to', async () => {
  let broken = true;
  const client = newClient({
    start: () =>
      startChildServer({ node: process.execPath, script: broken ? '/none.js' : script, onLog: () => {} }),
  });
  await client.ready();
  await expect.poll(() => client.status.kind, { timeout: 30_000 }).toBe('failed');
  expect(troubles).toHaveLength(2);
  expect(troubles[1]).toMatch(/^The completion server ended 3 times in a row .*: see the log\.$/);
  expect(await client.complete(request, never)).toEqual({ kind: 'nothing', reason: 'failed' });
  broken = false;
  expect(await client.restart()).toBe(true);
});

test('a model that cannot be loaded is told once, and another policy is tried', async () => {
  let model: string | undefined = folder;
  const client = newClient({ policy: () => (model === undefined ? {} : { model }) });
  for (let i = 0; i < 3; i++) {
    expect(await client.complete(request, never)).toEqual({ kind: 'nothing', reason: 'failed' });
  }
  expect(troubles).toEqual([expect.stringMatching(/ is no model /)]);
  model = undefined;
  client.reload();
  expect(await client.complete(request, never)).toMatchObject({ kind: 'completion' });
});

test('no Node to start it with is a sentence too', async () => {
  const client = newClient({
    start: () => {
      throw new Error('There is no Node.');
    },
  });
  expect(await client.complete(request, never)).toEqual({ kind: 'nothing', reason: 'failed' });
  expect(troubles).toEqual(['There is no Node.']);
});

test('an idle server’s process ends, and the next request starts another', async () => {
  let idle: number | undefined = 50;
  const client = newClient({ idleMilliseconds: () => idle });
  await client.ready();
  await client.complete(request, never);
  const pid = client.pid;
  await expect.poll(() => client.status, { timeout: 30_000 }).toEqual({ kind: 'asleep', idle: true });
  if (pid !== undefined) await expect.poll(() => alive(pid), { timeout: 30_000 }).toBe(false);
  idle = undefined;
  expect(await client.complete(request, never)).toMatchObject({ kind: 'completion' });
  expect(troubles).toEqual([]);
});

test('a server is idle after the time that is set now, without another request', async () => {
  let idle: number | undefined;
  const client = newClient({ idleMilliseconds: () => idle });
  await client.ready();
  idle = 50;
  client.idleMinutesChanged();
  await expect.poll(() => client.status, { timeout: 30_000 }).toEqual({ kind: 'asleep', idle: true });
});

test('a request that is given up while the model loads says so', async () => {
  const client = newClient();
  const abort = new AbortController();
  const answer = client.complete(request, abort.signal);
  abort.abort();
  expect(await answer).toEqual({ kind: 'nothing', reason: 'loading' });
});
