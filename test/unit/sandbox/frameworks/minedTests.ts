import type { Task } from '../../../../sandbox/tasks/task.ts';

/** Tasks by id, each with the names of its tests, without their files: `suite > test`. */
export function minedTests(tasks: readonly Task[]): Record<string, string[]> {
  const nameOf = (test: string) => test.split(' > ').slice(1).join(' > ');
  return Object.fromEntries(tasks.map(({ id, tests }) => [id, tests.map(nameOf)]));
}

/** The task of a function. */
export function taskOf(tasks: readonly Task[], name: string): Task {
  const found = tasks.find((task) => task.name === name);
  if (found === undefined) throw new Error(`There is no task ${name}.`);
  return found;
}
