/**
 * What grading costs: completions of one task of each sample workspace, beside the framework's own command on the task's
 * test file, without isolation, as a person would type it.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Environment } from '../../../sandbox/environment.ts';
import { type FrameworkName, fileOfTest } from '../../../sandbox/frameworks/framework.ts';
import { StartedFrameworks } from '../../../sandbox/frameworks/startedFrameworks.ts';
import { DEFAULT_LIMITS } from '../../../sandbox/isolation/isolation.ts';
import { chooseIsolation } from '../../../sandbox/isolation/probe.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';
import { fixtures, installSampleWorkspaces } from '../../sampleWorkspaces.ts';
import { compare } from '../figure.ts';

interface Sample {
  readonly framework: FrameworkName;
  readonly folder: string;
  /** Name of the task's function; neither its tests nor its guards sleep. */
  readonly task: string;
  /** Runs a test file, from the workspace's folder. */
  readonly command: (file: string) => readonly [string, ...string[]];
}

const installed = (name: string) => join(fixtures, 'node_modules', name);

const samples: readonly Sample[] = [
  {
    framework: 'node:test',
    folder: 'sample-workspace',
    task: 'isLeapYear',
    command: (file) => [process.execPath, '--test', file],
  },
  {
    framework: 'vitest',
    folder: 'vitest-workspace',
    task: 'uniqueWords',
    command: (file) => [process.execPath, installed('vitest/vitest.mjs'), 'run', file],
  },
  {
    framework: 'jest',
    folder: 'jest-workspace',
    task: 'merge',
    command: (file) => [process.execPath, installed('jest/bin/jest.js'), file],
  },
  {
    framework: 'mocha',
    folder: 'mocha-workspace',
    task: 'parse',
    command: (file) => [process.execPath, installed('mocha/bin/mocha.js'), '--spec', file],
  },
  {
    framework: 'pytest',
    folder: 'pytest-workspace',
    task: 'send',
    command: (file) => ['.venv/bin/python', '-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', file],
  },
  {
    framework: 'unittest',
    folder: 'unittest-workspace',
    task: 'Account.is_number',
    command: (file) => [
      '/usr/bin/python3',
      '-B',
      '-m',
      'unittest',
      file.replace(/\.py$/, '').replaceAll('/', '.'),
    ],
  },
];

/** Completions graded, and commands run, to measure a rate. */
const GRADED = 12;
const COMMANDS = 4;
const ROUNDS = 3;

export async function* figures() {
  await installSampleWorkspaces();
  for (const sample of samples) {
    const workspace = join(fixtures, sample.folder);
    await using environment = await Environment.open(workspace);
    const { tasks } = await environment.mine();
    const task = tasks.find(({ name }) => name === sample.task);
    if (task === undefined) throw new Error(`${sample.folder} has no task ${sample.task}.`);
    const file = fileOfTest(task.tests[0]!);
    const bare = () => run(workspace, sample.command(file));
    let drawn = 0;

    yield await compare({
      figure: `${sample.framework}, warm`,
      unit: 'rollouts/s',
      better: 'higher',
      ours: () => rate(GRADED, () => gradePassing(environment, task, drawn++)),
      peer: { name: 'the bare command', measure: () => rate(COMMANDS, bare) },
      rounds: ROUNDS,
    });
    yield await compare({
      figure: `${sample.framework}, cold`,
      unit: 'ms',
      better: 'lower',
      ours: () => milliseconds(() => runCold(workspace, task, file)),
      peer: { name: 'the bare command', measure: () => milliseconds(bare) },
      rounds: ROUNDS,
    });
  }
}

/** The person's own body with another comment each time, so that no two are the same completion. */
async function gradePassing(environment: Environment, task: Task, drawn: number): Promise<void> {
  const comment = task.language === 'python' ? `  # ${drawn}` : ` /* ${drawn} */ `;
  const { verdict, value } = await environment.grade(task, task.body + comment);
  if (value !== 1) throw new Error(`${task.id} was graded ${verdict}.`);
}

/** Everything from nothing: a copy of the workspace, a sandbox, the framework's boot, one run. */
async function runCold(workspace: string, task: Task, file: string): Promise<void> {
  const isolation = await chooseIsolation('auto');
  const settings = { workspace, limits: DEFAULT_LIMITS, concurrency: 1, testFiles: [] };
  await using frameworks = new StartedFrameworks(settings, isolation);
  const replace = { [task.file]: task.prefix + task.body + task.suffix };
  const result = await frameworks.run({ files: [file], replace });
  if (result.kind !== 'report') throw new Error(result.message);
}

async function run(cwd: string, [program, ...args]: readonly [string, ...string[]]): Promise<void> {
  const result = await execa(program, args, { cwd, env: { NODE_ENV: undefined }, reject: false });
  // One of the tests is flaky, so that the command may well fail, but not to start.
  if (result.exitCode === undefined || result.exitCode > 1) {
    throw new Error(`${result.command} did not run: ${result.stderr}`);
  }
}

/** Calls of `action` each second, as many at a time as there are processors. */
async function rate(count: number, action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  let left = count;
  const worker = async () => {
    while (left-- > 0) await action();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return count / ((performance.now() - start) / 1000);
}

async function milliseconds(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
