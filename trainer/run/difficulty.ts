import type { Task } from '../../sandbox/tasks/task.ts';
import type { Episode } from '../rollout/episode.ts';

/** Every try solved it; no try got anything for it. Either way there is nothing to tell its tries apart by. */
export const difficulties = ['too-easy', 'too-hard'] as const;
export type Difficulty = (typeof difficulties)[number];

/** Task's id → what its tries say of it; the others are neither. Tries whose sandbox failed say nothing. */
export function difficultyOf(episodes: readonly Episode[]): Record<string, Difficulty> {
  const graded = episodes.filter(({ reward }) => reward.verdict !== 'infrastructure');
  const found = new Map<string, Difficulty>();
  for (const [id, tries] of Map.groupBy(graded, ({ taskId }) => taskId)) {
    if (tries.every(({ reward }) => reward.verdict === 'passed')) found.set(id, 'too-easy');
    else if (tries.every(({ reward }) => reward.value === 0)) found.set(id, 'too-hard');
  }
  return Object.fromEntries(found);
}

/** The tasks without those that are too easy or too hard; all of them where nothing else would be left. */
export function withinReach(
  tasks: readonly Task[],
  difficulty: Readonly<Record<string, Difficulty>>,
): readonly Task[] {
  const left = tasks.filter(({ id }) => difficulty[id] === undefined);
  return left.some(({ split }) => split === 'train') ? left : tasks;
}

/** Of how many training tasks a person should know, and what becomes of them; nothing where there are none. */
export function difficultySentence(
  difficulty: Readonly<Record<string, Difficulty>>,
  setAside: boolean,
): string | undefined {
  const found = Object.values(difficulty);
  const count = (what: Difficulty) => found.filter((each) => each === what).length;
  if (found.length === 0) return undefined;
  const told = `The model solves ${count('too-easy')} training tasks in every try and gets nothing for ${count('too-hard')}`;
  return setAside
    ? `${told}: these are set aside.`
    : `${told}. They are tried all the same (setAside leaves them out).`;
}
