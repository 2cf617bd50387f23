import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Environment, type MinedTasks } from '../../../../sandbox/environment.ts';
import type { Verdict } from '../../../../sandbox/reward.ts';
import { fixtures } from '../../../sampleWorkspaces.ts';

/** A sample workspace, mined. */
export interface Mined extends AsyncDisposable {
  /** Functions that make tasks, also where the split then leaves them out for calling a held-out one. */
  readonly functions: readonly string[];
  /** Names of a task's tests, without their files: `suite > test`. */
  tests(name: string): readonly string[];
  /** The verdict on a body of the function of that name. */
  grade(name: string, body: string): Promise<Verdict>;
}

/** Mines a workspace of test-fixtures, with nothing remembered of earlier times. */
export async function mineSample(folder: string): Promise<Mined> {
  const workspace = join(fixtures, folder);
  rmSync(join(workspace, '.reinforce'), { recursive: true, force: true });
  const environment = await Environment.open(workspace);
  const { tasks, rejected } = await environment.mine();
  const taskOf = (name: string): MinedTasks['tasks'][number] => {
    const found = tasks.find((task) => task.name === name);
    if (found === undefined) throw new Error(`There is no task ${name}.`);
    return found;
  };
  const callers = rejected.filter(({ reason }) => reason === 'calls-held-out-function');
  return {
    functions: [...tasks, ...callers].map(({ file, name }) => `${file}#${name}`).sort(),
    tests: (name) => taskOf(name).tests.map((test) => test.split(' > ').slice(1).join(' > ')),
    grade: async (name, body) => (await environment.grade(taskOf(name), body)).verdict,
    [Symbol.asyncDispose]: () => environment[Symbol.asyncDispose](),
  };
}
