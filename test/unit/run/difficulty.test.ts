import { describe, expect, test } from 'vitest';
import type { Task } from '../../../sandbox/tasks/task.ts';
import type { Episode } from '../../../trainer/rollout/episode.ts';
import { difficultyOf, withinReach } from '../../../trainer/run/difficulty.ts';

const tried = (taskId: string, ...values: readonly number[]) =>
  values.map((value): Episode => {
    const verdict = value === 1 ? 'passed' : 'failed';
    return { taskId, reward: { value, verdict } } as Episode;
  });
const failing = { taskId: 'c', reward: { value: 0, verdict: 'infrastructure' } } as Episode;

describe('the probe before a training', () => {
  const difficulty = difficultyOf([
    ...tried('a', 1, 1, 1),
    ...tried('b', 0, 0, 0),
    ...tried('c', 1, 1),
    failing,
    ...tried('d', 0, 0, 1),
    ...tried('e', 0.5, 0.5),
  ]);

  test('tells tasks that every try solved, and those that no try got anything for', () => {
    expect(difficulty).toEqual({ a: 'too-easy', b: 'too-hard', c: 'too-easy' });
  });

  test('leaves the others, or all where there are no others', () => {
    const task = (id: string) => ({ id, split: 'train' }) as Task;
    const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);
    expect(ids(withinReach(['a', 'b', 'd', 'e'].map(task), difficulty))).toEqual(['d', 'e']);
    expect(ids(withinReach(['a', 'b'].map(task), difficulty))).toEqual(['a', 'b']);
  });
});
