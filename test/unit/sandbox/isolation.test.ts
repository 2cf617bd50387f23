import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';
import { ConfinedProcess } from '../../../sandbox/isolation/confinedProcess.ts';
import { DEFAULT_LIMITS, nodeProgram } from '../../../sandbox/isolation/isolation.ts';
import { chooseIsolation } from '../../../sandbox/isolation/probe.ts';

const room = join(import.meta.dirname, '../../..');
const workspace = join(room, 'test-fixtures/hostile-workspace');

function withMark(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

describe('on a system where bubblewrap does not work', () => {
  const path = process.env.PATH;
  let programs: string;
  beforeEach(() => {
    programs = mkdtempSync(join(tmpdir(), 'programs-'));
    process.env.PATH = programs;
    vi.resetModules();
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(programs, { recursive: true });
  });
  const program = (name: string, script: string) => {
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  };
  const open = async (isolation: 'auto' | 'none') =>
    (await import('../../../sandbox/environment.ts')).Environment.open(workspace, {
      isolation,
      denylist: false,
    });

  it('refuses, and says what to install, where it is missing', async () => {
    await expect(open('auto')).rejects.toThrow(
      /bubblewrap, which is missing here: .*apt-get install bubblewrap/,
    );
  });

  it('says how to allow user namespaces where they are forbidden', async () => {
    program('bwrap', 'echo "bwrap: No permissions to create new namespace" >&2; exit 1');
    await expect(open('auto')).rejects.toThrow(/forbids the user namespaces .*sysctl/);
  });

  it('tells of anything else in its own words', async () => {
    program('bwrap', 'echo "bwrap: Unknown option --disable-userns" >&2; exit 1');
    await expect(open('auto')).rejects.toThrow(
      /does not work here \(bwrap: Unknown option --disable-userns\)/,
    );
  });

  it('runs without isolation only when that is asked for', async () => {
    process.env.PATH = path;
    const environment = await open('none');
    expect(environment.isolation).toBe('none');
    const [task] = (await environment.mine()).tasks;
    expect(await environment.grade(task!, ' return 6 * 7; ')).toMatchObject({ value: 1 });
    expect(await environment.grade(task!, ' process.exit(0); ')).toMatchObject({
      value: 0,
      verdict: 'cheated',
    });
    const mark = `mark-${randomUUID()}`;
    const child = `process.getBuiltinModule('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '${mark}'])`;
    expect(await environment.grade(task!, `${child}; return 41;`)).toMatchObject({
      value: 0,
      verdict: 'failed',
    });
    await vi.waitFor(() => expect(withMark(mark)).toEqual([]), { timeout: 5_000 });
    await environment[Symbol.asyncDispose]();
  });

  it.runIf(process.getuid?.() === 0)(
    'installs it during set-up, where apt-get and the right to use it exist',
    async () => {
      program('apt-get', `[ "$1" = install ] && /bin/ln -s /usr/bin/bwrap ${programs}/bwrap`);
      const { ensureBubblewrap } = await import('../../../sandbox/isolation/probe.ts');
      expect(await ensureBubblewrap()).toMatchObject({ works: true });
    },
  );

  it('says what to install during set-up, where apt-get is missing too', async () => {
    const { ensureBubblewrap } = await import('../../../sandbox/isolation/probe.ts');
    expect(await ensureBubblewrap()).toMatchObject({
      works: false,
      remedy: expect.stringMatching(/apt-get install/),
    });
  });
});

describe('a sandbox', () => {
  it('dies with its parent, however that ends', async () => {
    const mark = `mark-${randomUUID()}`;
    const script = `
      import { Environment } from ${JSON.stringify(join(room, 'sandbox/environment.ts'))};
      const environment = await Environment.open(${JSON.stringify(workspace)}, { denylist: false, limits: { cpuSeconds: 60, wallSeconds: 60 } });
      const [task] = (await environment.mine()).tasks;
      console.log('mined');
      await environment.grade(task, "process.getBuiltinModule('node:child_process').execFileSync(process.execPath, ['-e', 'for (;;) {}', '${mark}']);");
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    const inside = () => withMark(mark).filter((pid) => Number(pid) !== parent.pid);
    await vi.waitFor(() => expect(inside()).not.toEqual([]), { timeout: 10_000 });
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(inside()).toEqual([]), { timeout: 5_000 });
  });

  it('leaves nothing behind that is killed while it starts', async () => {
    const mark = `mark-${randomUUID()}`;
    const isolation = await chooseIsolation('auto');
    const program = nodeProgram(['-e', '0', mark], DEFAULT_LIMITS);
    const command = isolation.command(program, { workspace }, DEFAULT_LIMITS);
    for (let delay = 0; delay < 40; delay++) {
      const started = new ConfinedProcess(command, DEFAULT_LIMITS);
      await new Promise((resolve) => setTimeout(resolve, delay / 4));
      started.kill();
      expect((await started.ended).kind).toMatch(/killed|exited/);
    }
    await vi.waitFor(() => expect(withMark(mark)).toEqual([]), { timeout: 5_000 });
  });

  it('that cannot be started is no fault of the completion', async () => {
    await using environment = await Environment.open(workspace, { limits: { fileMegabytes: -1 } });
    await expect(environment.mine({ remember: false })).rejects.toThrow(
      /cannot be run: The sandbox did not start/,
    );
  });
});
