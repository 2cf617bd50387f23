import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';
import type { Reward } from '../../../sandbox/reward.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';
import { manifest, processesWith, readCorpus } from './hostileCorpus.ts';

/**
 * Each completion of the corpus is graded twice: as it would be in earnest, and run whatever it uses, which shows what
 * the isolation and the tests that must fail do about it. All of its processes carry a mark on their command line, by
 * which those that outlive their sandbox are found.
 */
const fixtures = join(import.meta.dirname, '../../../test-fixtures');
const workspace = join(fixtures, 'hostile-workspace');
const outside = mkdtempSync(join(tmpdir(), 'outside-'));
const mark = `mark-${randomUUID()}`;
const server = createServer((socket) => socket.end());
const limits = { cpuSeconds: 1, wallSeconds: 20, memoryMegabytes: 256 };
const values = { HOME: homedir(), OUTSIDE: outside, MARK: mark, PARENT: `${process.pid}`, PORT: '' };
const names = readCorpus(join(fixtures, 'hostile/javascript'), values).map(({ name }) => name);

const host = () => [manifest(workspace), manifest(outside), readdirSync('/usr'), readdirSync(homedir())];
let before: ReturnType<typeof host>;
let connections = 0;
let environment: Environment;
let running: Environment;
let task: Task;
let corpus: Map<string, ReturnType<typeof readCorpus>[number]>;
let graded: Map<string, Reward>;
let run: Map<string, Reward>;

beforeAll(async () => {
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = `${(server.address() as { port: number }).port}`;
  environment = await Environment.open(workspace, { limits });
  running = await Environment.open(workspace, { limits, denylist: false });
  [task] = (await environment.mine()).tasks as [Task];
  before = host();
  const completions = readCorpus(join(fixtures, 'hostile/javascript'), { ...values, PORT: port });
  corpus = new Map(completions.map((each) => [each.name, each]));
  const gradeAll = async (by: Environment) =>
    new Map(
      await Promise.all(
        completions.map(async ({ name, body }) => [name, await by.grade(task, body)] as const),
      ),
    );
  graded = await gradeAll(environment);
  run = await gradeAll(running);
});

afterAll(async () => {
  await environment[Symbol.asyncDispose]();
  await running[Symbol.asyncDispose]();
  server.close();
  rmSync(outside, { recursive: true });
});

const labelOf = ({ cheat, verdict }: Reward) => cheat?.label ?? verdict;

describe('a hostile completion earns nothing and is labelled', () => {
  it.each(names)('%s', (name) => {
    expect(graded.get(name)!.value).toBe(0);
    expect(corpus.get(name)!.labels).toContain(labelOf(graded.get(name)!));
    expect(corpus.get(name)!.tries).toMatch(/^to /);
  });
});

describe('where it is run whatever it uses, a hostile completion is contained', () => {
  it.each(names)('%s', (name) => {
    expect(corpus.get(name)!.labelsWhenRun).toContain(labelOf(run.get(name)!));
  });

  it('and earns nothing, but for reading what lies in the workspace', () => {
    const paid = [...run].filter(([, { value }]) => value > 0).map(([name]) => name);
    expect(paid).toEqual(['read-own-source', 'read-tests']);
  });
});

describe('after all of them', () => {
  it('no process is left', async () => {
    await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), { timeout: 10_000 });
  });

  it('nothing on the host has changed', () => {
    expect(host()).toEqual(before);
  });

  it('no connection was made', () => {
    expect(connections).toBe(0);
  });
});

describe('a harmless completion', () => {
  it('passes next to the hostile ones', async () => {
    expect(await environment.grade(task, ' return 6 * 7; ')).toMatchObject({ value: 1, verdict: 'passed' });
  });

  it('passes although it leaves a timer behind', async () => {
    const reward = await environment.grade(task, 'setInterval(() => {}, 1000); return 42;');
    expect(reward).toMatchObject({ value: 1, verdict: 'passed' });
  });

  it('may use the temporary folder, which nobody else sees', async () => {
    const body = `process.getBuiltinModule('node:fs').writeFileSync('/tmp/${mark}', ''); return 42;`;
    expect(await running.grade(task, body)).toMatchObject({ value: 1 });
    expect(readdirSync('/tmp')).not.toContain(mark);
  });

  it('finds the workspace as the person wrote it', () => {
    expect(readFileSync(join(workspace, 'src/answer.ts'), 'utf8')).toBe(
      task.prefix + task.body + task.suffix,
    );
  });
});
