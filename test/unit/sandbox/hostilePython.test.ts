import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';
import type { Reward } from '../../../sandbox/reward.ts';
import { manifest, processesWith, readCorpus } from './hostileCorpus.ts';

/** The Python part of the corpus, under pytest; otherwise as in hostileCompletions.test.ts. */
const fixtures = join(import.meta.dirname, '../../../test-fixtures');
const workspace = join(fixtures, 'hostile-python-workspace');
const outside = mkdtempSync(join(tmpdir(), 'outside-'));
const mark = `mark-${randomUUID()}`;
const server = createServer((socket) => socket.end());
const limits = { cpuSeconds: 2, wallSeconds: 20, memoryMegabytes: 256 };
const values = { HOME: homedir(), OUTSIDE: outside, MARK: mark, PARENT: `${process.pid}`, PORT: '' };
const folder = join(fixtures, 'hostile/python');
const names = readCorpus(folder, values).map(({ name }) => name);

const host = () => [manifest(workspace).filter((line) => !line.startsWith('.reinforce')), manifest(outside)];
let before: ReturnType<typeof host>;
let connections = 0;
let corpus: Map<string, ReturnType<typeof readCorpus>[number]>;
let graded: Map<string, Reward>;
let run: Map<string, Reward>;

beforeAll(async () => {
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  before = host();
  await using environment = await Environment.open(workspace, { limits });
  await using running = await Environment.open(workspace, { limits, denylist: false });
  const [task] = (await environment.mine()).tasks;
  const port = `${(server.address() as { port: number }).port}`;
  const completions = readCorpus(folder, { ...values, PORT: port });
  corpus = new Map(completions.map((each) => [each.name, each]));
  const gradeAll = async (by: Environment) =>
    new Map(
      await Promise.all(
        completions.map(async ({ name, body }) => [name, await by.grade(task!, body)] as const),
      ),
    );
  graded = await gradeAll(environment);
  run = await gradeAll(running);
}, 300_000);

afterAll(() => {
  server.close();
  rmSync(outside, { recursive: true });
});

const labelOf = ({ cheat, verdict }: Reward) => cheat?.label ?? verdict;

describe('a hostile completion in Python earns nothing and is labelled', () => {
  it.each(names)('%s', (name) => {
    expect(graded.get(name)!.value).toBe(0);
    expect(corpus.get(name)!.labels).toContain(labelOf(graded.get(name)!));
  });
});

describe('where it is run whatever it uses, a hostile completion in Python is contained', () => {
  it.each(names)('%s', (name) => {
    expect(corpus.get(name)!.labelsWhenRun).toContain(labelOf(run.get(name)!));
  });
});

describe('after all of them', () => {
  it('no process is left', async () => {
    await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), { timeout: 10_000 });
  });

  it('nothing on the host has changed, and no connection was made', () => {
    expect(host()).toEqual(before);
    expect(connections).toBe(0);
  });
});
