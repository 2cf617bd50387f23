import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Environment, type MinedTasks } from '../../../sandbox/environment.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';

const workspace = join(import.meta.dirname, '../../../test-fixtures/sample-workspace');
let environment: Environment;
let mined: MinedTasks;
const progress: string[] = [];

beforeAll(async () => {
  environment = await Environment.open(workspace);
  mined = await environment.mine({
    remember: false,
    onProgress: ({ phase, done, total }) => progress.push(`${phase} ${done}/${total}`),
  });
});

afterAll(() => environment[Symbol.asyncDispose]());

const task = (name: string): Task => mined.tasks.find((candidate) => candidate.name === name)!;

describe('mining the sample workspace', () => {
  it('finds every exported function, because each has tests', () => {
    const exported = readdirSync(join(workspace, 'src')).flatMap((file) =>
      [...readFileSync(join(workspace, 'src', file), 'utf8').matchAll(/^export function (\w+)/gm)].map(
        ([, name]) => `src/${file}#${name}`,
      ),
    );
    expect(exported.length).toBeGreaterThanOrEqual(48);
    expect(mined.tasks.map((found) => found.id).sort()).toEqual(exported.sort());
    expect(mined.rejected).toEqual([]);
  });

  it('reports its progress to the end of each phase', () => {
    expect(progress).toContain('baseline 20/20');
    expect(progress.at(-1)).toBe('tasks 80/80');
  });

  it('gives each function the tests that call it', () => {
    expect(task('isLeapYear').tests).toEqual([
      'test/calendar.test.ts > isLeapYear > accepts years divisible by four',
      'test/calendar.test.ts > isLeapYear > rejects other years',
      'test/calendar.test.ts > isLeapYear > rejects most centuries',
      'test/calendar.test.ts > isLeapYear > accepts every fourth century',
    ]);
    expect(mined.tasks.every(({ tests }) => tests.length >= 2 && tests.length <= 4)).toBe(true);
  });

  it('cuts the file around the body', () => {
    for (const { file, prefix, body, suffix } of mined.tasks) {
      expect(prefix + body + suffix).toBe(readFileSync(join(workspace, file), 'utf8'));
      expect(prefix.endsWith('{')).toBe(true);
      expect(suffix.startsWith('}')).toBe(true);
    }
  });

  it('points to the doc comment above the signature', () => {
    const { prefix, headerStart } = task('clamp');
    expect(prefix.slice(headerStart)).toBe(
      '/** Returns the value limited to the range from min to max. */\nexport function clamp(value: number, min: number, max: number): number {',
    );
  });

  it('holds out about a third, by file', () => {
    const heldOut = mined.tasks.filter(({ split }) => split === 'heldOut');
    expect(heldOut.length / mined.tasks.length).toBeCloseTo(1 / 3, 1);
    const files = new Set(heldOut.map(({ file }) => file));
    expect(mined.tasks.filter(({ file }) => files.has(file)).length).toBe(heldOut.length);
  });
});

describe('grading', () => {
  it('gives the original bodies 1 and stubs 0', async () => {
    const some = mined.tasks.filter((_, index) => index % 8 === 0);
    const originals = await Promise.all(some.map((each) => environment.grade(each, each.body)));
    const stubs = await Promise.all(
      some.map((each) => environment.grade(each, ' throw new Error("stub"); ')),
    );
    expect(originals.map(({ value, verdict }) => [value, verdict])).toEqual(some.map(() => [1, 'passed']));
    expect(stubs.map(({ value, verdict }) => [value, verdict])).toEqual(some.map(() => [0, 'failed']));
  });

  it('gives the share of tests that pass', async () => {
    const reward = await environment.grade(task('isLeapYear'), ' return year % 4 === 0; ');
    expect(reward.value).toBe(3 / 4);
    expect(reward.tests.map(({ passed }) => passed)).toEqual([true, true, false, true]);
    expect(reward.tests[2]?.message).toMatch(/AssertionError/);
  });

  it('runs equal completions once, also when they come at the same time', async () => {
    const body = ' return n % 2 == 0;  // even';
    const rewards = await Promise.all(
      ['', ' ', '\n'].map((end) => environment.grade(task('isEven'), `${body}${end}`)),
    );
    // The comment swallows the closing brace of the first two.
    expect(rewards.map(({ verdict }) => verdict)).toEqual(['syntax-error', 'syntax-error', 'syntax-error']);
    const again = await Promise.all(
      [1, 2, 3].map(() => environment.grade(task('isEven'), ' return n % 2 == 0; ')),
    );
    expect(again.map(({ value }) => value)).toEqual([1, 1, 1]);
    expect(again.map(({ cached }) => cached)).toEqual([false, true, true]);
    expect(again[1]!.seconds).toBe(0);
  });

  it('refuses what is no function body, without running it', async () => {
    for (const body of ['return n +', 'return n; } function x() {', '}', '`', '/*', 'enum A { B }']) {
      expect(await environment.grade(task('double'), body)).toMatchObject({
        value: 0,
        verdict: 'syntax-error',
      });
    }
  });

  it('tells a body that only fails when loaded', async () => {
    const reward = await environment.grade(task('double'), ' let a = 1; let a = 2; return a; ');
    expect(reward).toMatchObject({ value: 0, verdict: 'syntax-error' });
  });

  it('leaves the workspace as it was', () => {
    expect(readFileSync(join(workspace, task('double').file), 'utf8')).toContain('return n * 2;');
  });

  it('stops when told to', async () => {
    const controller = new AbortController();
    const grading = environment.grade(task('double'), ' for (;;) {} ', controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(grading).rejects.toThrow('enough');
  });
});
