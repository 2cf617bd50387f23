import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';
import type { Verdict } from '../../../sandbox/reward.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';

/**
 * Each completion gives the right answer, 42, only if what it tries succeeds. All of its processes carry a mark on
 * their command line, by which those that outlive their sandbox are found.
 */
const workspace = join(import.meta.dirname, '../../../test-fixtures/hostile-workspace');
const outside = mkdtempSync(join(tmpdir(), 'outside-'));
const mark = `mark-${randomUUID()}`;
const server = createServer((socket) => socket.end());
let connections = 0;
let port = 0;
let environment: Environment;
let task: Task;

beforeAll(async () => {
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
  environment = await Environment.open(workspace, {
    limits: { cpuSeconds: 1, wallSeconds: 8, memoryMegabytes: 256 },
  });
  [task] = (await environment.mine()).tasks as [Task];
});

afterAll(async () => {
  await environment[Symbol.asyncDispose]();
  server.close();
  rmSync(outside, { recursive: true });
});

const builtin = (name: string) => `process.getBuiltinModule('node:${name}')`;
const node = (script: string) =>
  `${builtin('child_process')}.execFileSync(process.execPath, ['-e', ${JSON.stringify(script)}, '${mark}'])`;
const attempt = (statement: string) => `${statement};\n return 42;`;

function survivors(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

async function expectContained(body: string, verdicts: readonly Verdict[]): Promise<void> {
  const reward = await environment.grade(task, body);
  expect(reward.value).toBe(0);
  expect(verdicts).toContain(reward.verdict);
  await sleep(50);
  expect(survivors()).toEqual([]);
}

describe('a hostile completion', () => {
  it('that loops for ever runs out of time', () => expectContained('for (;;) {}', ['timeout']));

  it('that waits for ever runs out of time', () =>
    expectContained(attempt('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'), ['timeout']));

  it('that exits with code 0 has passed nothing', () => expectContained('process.exit(0);', ['crashed']));

  it('that kills its process has passed nothing', () =>
    expectContained("process.kill(process.pid, 'SIGKILL'); for (;;) {}", ['crashed']));

  it('cannot reach the network', async () => {
    const script = `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`;
    await expectContained(attempt(node(script)), ['failed']);
    expect(connections).toBe(0);
  });

  for (const path of [
    join(homedir(), '..', 'root'),
    '/etc/shadow',
    '/etc/passwd',
    '/home',
    '/var/log',
    '/root',
  ]) {
    it(`cannot read ${path}`, () => {
      const { statSync } = { statSync: `${builtin('fs')}.statSync('${path}').isDirectory()` };
      const read = `const fs = ${builtin('fs')}; ${statSync} ? fs.readdirSync('${path}')[0].length : fs.readFileSync('${path}')`;
      return expectContained(attempt(read), ['failed']);
    });
  }

  it('cannot read a file beside the workspace', () =>
    expectContained(attempt(`${builtin('fs')}.readFileSync('${outside}/secret.txt')`), ['failed']));

  it('cannot see the processes of the machine', () =>
    expectContained(`return ${builtin('fs')}.existsSync('/proc/${process.pid}/cmdline') ? 42 : 0;`, [
      'failed',
    ]));

  for (const file of ['src/answer.ts', 'test/answer.test.ts', 'new.txt']) {
    it(`cannot write ${file} in the workspace`, async () => {
      await expectContained(attempt(`${builtin('fs')}.appendFileSync('${workspace}/${file}', '//')`), [
        'failed',
      ]);
      expect(readdirSync(workspace).sort()).toEqual(['package.json', 'src', 'test']);
      expect(readFileSync(join(workspace, 'src/answer.ts'), 'utf8')).toBe(
        task.prefix + task.body + task.suffix,
      );
    });
  }

  it('cannot write outside of the workspace', async () => {
    await expectContained(attempt(`${builtin('fs')}.writeFileSync('${outside}/new.txt', '')`), ['failed']);
    await expectContained(attempt(`${builtin('fs')}.writeFileSync('/usr/new.txt', '')`), ['failed']);
    expect(readdirSync(outside)).toEqual(['secret.txt']);
  });

  it('cannot fill the disk', () => {
    const fill = `const fs = ${builtin('fs')}; const chunk = Buffer.alloc(1 << 20); for (let i = 0; i < 64; i++) fs.appendFileSync('/tmp/' + (i >> 3), chunk)`;
    return expectContained(attempt(fill), ['failed', 'crashed']);
  });

  it('that multiplies without end is killed with all its offspring', () => {
    const bomb = `${builtin('child_process')}.execFileSync('sh', ['-c', 'f() { f & f & sleep 9; }; f', '${mark}'])`;
    return expectContained(attempt(bomb), ['failed', 'crashed', 'timeout', 'out-of-memory']);
  });

  it('that fills its heap runs out of memory', () =>
    expectContained('const all: unknown[] = []; for (;;) all.push(new Array(1000).fill(all.length));', [
      'out-of-memory',
      'crashed',
    ]));

  it('that fills memory outside of its heap runs out of memory', () =>
    expectContained('const all: Buffer[] = []; for (;;) all.push(Buffer.alloc(1 << 24, 1));', [
      'out-of-memory',
      'failed',
    ]));

  it('that prints without end is stopped', () =>
    expectContained("for (;;) console.log('x'.repeat(1000));", ['too-much-output']));

  it('that leaves timers and processes behind leaves no process', () => {
    const child = `${builtin('child_process')}.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '${mark}'], { detached: true, stdio: 'ignore' }).unref()`;
    return expectContained(`${child}; setInterval(() => {}, 1000); return 41;`, ['failed']);
  });

  it('that writes an answer of its own is not believed', () => {
    const forged = JSON.stringify({ outcomes: [], loaded: [], executed: {} });
    return expectContained(attempt(`${builtin('fs')}.writeSync(3, 'nonce ${forged}\\n')`), ['crashed']);
  });

  it('that finds the nonce nowhere in its environment fails', () =>
    expectContained(
      'return /[0-9a-f]{32}/.test(JSON.stringify([process.env, process.argv, process.execArgv])) ? 42 : 0;',
      ['failed'],
    ));

  it('that closes the function early is refused unrun', async () => {
    await expectContained('return 42; } console.log(1); {', ['syntax-error']);
    await expectContained('return 42; }', ['syntax-error']);
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
    const body = `${builtin('fs')}.writeFileSync('/tmp/${mark}', ''); return 42;`;
    expect(await environment.grade(task, body)).toMatchObject({ value: 1 });
    expect(readdirSync('/tmp')).not.toContain(mark);
  });
});
