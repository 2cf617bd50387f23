/** Episodes made by hand. */
import type { Reward, Verdict } from '../../../sandbox/reward.ts';
import type { Episode, Step } from '../../../trainer/rollout/episode.ts';

export function reward(value: number, verdict: Verdict = value === 1 ? 'passed' : 'failed'): Reward {
  return { value, verdict, tests: [], seconds: 0, cached: false };
}

/** A step with log-probabilities of -1, if none are given. */
export function step(
  observation: readonly number[],
  action: readonly number[],
  logp: readonly number[] = action.map(() => -1),
): Step {
  return { observation, action, logp, stop: 'function-end' };
}

let count = 0;

/** An episode of the group `group`; everything that learning does not read is made up. */
export function episode(steps: readonly Step[], result: Reward = reward(0), group = 'group'): Episode {
  const id = `${group}/${count++}`;
  return {
    id,
    taskId: 'task',
    split: 'train',
    group,
    policyVersion: 0,
    steps,
    completion: '',
    reward: result,
  };
}

/** An episode of one step of which only the number of action tokens matters. */
export const ofLength = (length: number): Episode => episode([step([1], Array<number>(length).fill(1))]);
