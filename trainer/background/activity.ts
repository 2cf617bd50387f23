import { HumanError } from '../../sandbox/humanError.ts';
import type { Activity, ActivityEnd } from '../protocol/training.ts';

const doing: Readonly<Record<Activity, string>> = {
  preflight: 'collecting tasks',
  training: 'training',
  evaluation: 'measuring an adapter',
};

interface Running {
  readonly activity: Activity;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** The one thing that the trainer does at a time. */
export class CurrentActivity {
  readonly #onEnd: (end: ActivityEnd, error: unknown) => void;
  #running: Running | undefined;

  /** @param onEnd told of every end before whoever waits for it. */
  constructor(onEnd: (end: ActivityEnd, error: unknown) => void) {
    this.#onEnd = onEnd;
  }

  get activity(): Activity | undefined {
    return this.#running?.activity;
  }

  get stopping(): boolean {
    return this.#running?.controller.signal.aborted ?? false;
  }

  /**
   * Does `work`, which answers the sentence that its end is told with, and the run that it made.
   * @throws HumanError when something else is under way; what `work` throws.
   */
  async run<T>(
    activity: Activity,
    work: (signal: AbortSignal) => Promise<{ value: T; reason: string; run?: string | undefined }>,
    cancelled?: AbortSignal,
  ): Promise<T> {
    if (this.#running) {
      throw new HumanError(
        `The trainer is ${doing[this.#running.activity]} already: wait for it, or stop it first.`,
      );
    }
    const controller = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#running = { activity, controller, ended };
    const cancel = () => controller.abort(new HumanError('It was cancelled.'));
    cancelled?.addEventListener('abort', cancel, { once: true });
    if (cancelled?.aborted) cancel();
    try {
      const { value, reason, run } = await work(controller.signal);
      this.#running = undefined;
      this.#onEnd(endOf(activity, 'finished', reason, run), undefined);
      return value;
    } catch (error) {
      this.#running = undefined;
      const stopped = controller.signal.aborted;
      const reason = stopped ? 'It was stopped.' : sentenceOf(error);
      this.#onEnd(endOf(activity, stopped ? 'stopped' : 'failed', reason), error);
      throw error;
    } finally {
      cancelled?.removeEventListener('abort', cancel);
      end();
    }
  }

  /** Ends what is under way, and waits for its end. */
  async stop(): Promise<void> {
    this.#running?.controller.abort(new HumanError('It was stopped.'));
    await this.#running?.ended;
  }
}

function endOf(
  activity: Activity,
  outcome: ActivityEnd['outcome'],
  reason: string,
  run?: string,
): ActivityEnd {
  return { activity, outcome, reason, time: new Date().toISOString(), ...(run === undefined ? {} : { run }) };
}

/** What a person is told of an error. */
export function sentenceOf(error: unknown): string {
  return error instanceof HumanError
    ? error.message
    : `It failed unexpectedly, and the log says where: ${error instanceof Error ? error.message : error}`;
}
