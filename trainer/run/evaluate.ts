/** How often a policy passes all tests of a task in one try. */
import type { Split, Task } from '../../sandbox/tasks/task.ts';
import type { Actor, PolicyVersion, RolloutOptions } from '../rollout/actor.ts';
import type { Episode } from '../rollout/episode.ts';
import { wilsonInterval } from './interval.ts';

export interface SplitScore {
  readonly tasks: number;
  /** Tries that were graded; those whose sandbox failed do not count. */
  readonly samples: number;
  /** Share of tries that passed all tests of their task. */
  readonly passAt1: number;
  /** Wilson's 95% interval of `passAt1`, over tries. */
  readonly ci95: readonly [number, number];
  /** Mean reward. */
  readonly reward: number;
}

export type Evaluation = Readonly<Record<Split, SplitScore>>;

export async function evaluate(
  actor: Actor,
  tasks: readonly Task[],
  policy: PolicyVersion,
  options: RolloutOptions,
): Promise<{ readonly scores: Evaluation; readonly episodes: readonly Episode[] }> {
  const { groups } = await actor.rollout(tasks, policy, options);
  const episodes = groups.flat();
  const scoreOf = (split: Split) => score(episodes.filter((episode) => episode.split === split));
  return { scores: { train: scoreOf('train'), heldOut: scoreOf('heldOut') }, episodes };
}

function score(episodes: readonly Episode[]): SplitScore {
  const graded = episodes.filter(({ reward }) => reward.verdict !== 'infrastructure');
  const passed = graded.filter(({ reward }) => reward.verdict === 'passed').length;
  const samples = graded.length;
  return {
    tasks: new Set(episodes.map(({ taskId }) => taskId)).size,
    samples,
    passAt1: samples ? passed / samples : 0,
    ci95: wilsonInterval(passed, samples),
    reward: samples ? graded.reduce((sum, { reward }) => sum + reward.value, 0) / samples : 0,
  };
}
