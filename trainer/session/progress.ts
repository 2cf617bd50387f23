/** How far a training is, counted in tries, and how long the rest takes at the pace so far. */
import type { Task } from '../../sandbox/tasks/task.ts';
import type { TrainSettings } from '../run/settings.ts';
import type { TrainEvent } from '../run/train.ts';
import { countBySplit } from './collect.ts';

export class TrainingProgress {
  readonly total: number;
  readonly #evaluationTries: number;
  readonly #stepTries: number;
  /** Whether the measurement before the training is done. */
  #measured: boolean;
  #done = 0;

  /** @param resumed whether the measurement before the training is done already. */
  constructor(settings: TrainSettings, tasks: readonly Task[], resumed: boolean) {
    this.#evaluationTries = tasks.length * settings.evaluationTries;
    this.#stepTries = Math.min(settings.tasksPerStep, countBySplit(tasks).train) * settings.tries;
    this.#measured = resumed;
    this.total = 2 * this.#evaluationTries + settings.steps * this.#stepTries;
  }

  /** Tries of `total` that are done; it never shrinks. */
  get done(): number {
    return this.#done;
  }

  onEvent(event: TrainEvent): void {
    if (event.event === 'evaluation') this.#measured = true;
    if (event.event !== 'sampling') return;
    const before = event.step * this.#stepTries + (this.#measured ? this.#evaluationTries : 0);
    // Measurements in between are not among the total: what they have done counts as soon as the next step begins.
    const between = event.phase === 'evaluation' && this.#measured && event.of < this.#evaluationTries;
    this.#done = Math.max(this.#done, before + (between ? 0 : event.graded));
  }
}

/**
 * Seconds that are left once so much is done, by the pace since the first report (a resumed run starts in the middle),
 * within the limit; undefined while that cannot be said.
 */
export function secondsLeft(
  total: number,
  limitSeconds = Number.POSITIVE_INFINITY,
  now: () => number = () => performance.now() / 1000,
): (done: number) => number | undefined {
  const started = now();
  let first: { at: number; done: number } | undefined;
  return (done) => {
    const at = now();
    first ??= { at, done };
    const made = done - first.done;
    if (made === 0 || at - first.at < 1) return undefined;
    const atThisPace = ((at - first.at) / made) * (total - done);
    return Math.max(0, Math.min(atThisPace, limitSeconds - (at - started)));
  };
}
