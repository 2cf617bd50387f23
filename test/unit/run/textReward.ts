import type { Reward } from '../../../sandbox/reward.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';
import { Random } from '../../../trainer/random.ts';

/** A task that no sandbox runs: the body of `name(a, b)`. */
export function twoArgumentTask(file: string, name: string, split: Task['split']): Task {
  return {
    id: `${file}#${name}`,
    file,
    name,
    language: 'javascript',
    split,
    prefix: `export function ${name}(a, b) {`,
    body: '',
    suffix: '}',
    headerStart: 0,
    tests: ['t'],
  };
}

/** A reward that depends on the task and the text alone. */
export async function gradeText(task: Task, body: string): Promise<Reward> {
  const value = new Random(task.id, body).below(5) / 4;
  return { value, verdict: value === 1 ? 'passed' : 'failed', tests: [], seconds: 0, cached: false };
}
