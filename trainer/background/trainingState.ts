/** What a training's events make of the state that windows are shown. */
import type { TrainerPhase, TrainerState } from '../protocol/training.ts';
import { secondsLeft, TrainingProgress } from '../session/progress.ts';
import type { TrainingEvent } from '../session/train.ts';

export type TrainingPart = Pick<
  TrainerState,
  | 'run'
  | 'step'
  | 'steps'
  | 'reward'
  | 'passAt1'
  | 'heldOutBefore'
  | 'heldOutLast'
  | 'secondsLeft'
  | 'progress'
> & { readonly phase: TrainerPhase };

export class TrainingState {
  #progress: TrainingProgress | undefined;
  #left: ((done: number) => number | undefined) | undefined;
  #part: TrainingPart = { phase: 'preparing', step: 0, steps: 0 };
  readonly #now: () => number;

  /** @param now seconds of a clock that stands still while the training is paused. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get part(): TrainingPart {
    return this.#part;
  }

  onEvent(event: TrainingEvent): void {
    switch (event.event) {
      case 'device':
        this.#set({ phase: 'preparing' });
        return;
      case 'isolation':
      case 'collecting':
        this.#set({ phase: 'collecting' });
        return;
      case 'collected':
      case 'imitation':
        this.#set({ phase: 'preparing' });
        return;
      case 'run': {
        const { id, path, settings, tasks, resumed } = event;
        this.#progress = new TrainingProgress(settings, tasks, resumed);
        const limit = settings.minutes === undefined ? undefined : 60 * settings.minutes;
        this.#left = secondsLeft(this.#progress.total, limit, this.#now);
        const { before } = event;
        this.#set({
          run: { id, path },
          steps: settings.steps,
          ...(before ? { heldOutBefore: before.heldOut } : {}),
        });
        return;
      }
      case 'sampling':
        this.#set({ phase: event.phase === 'evaluation' ? 'evaluating' : 'sampling', step: event.step });
        break;
      case 'learning':
        this.#set({ phase: 'learning', step: event.step });
        break;
      case 'evaluation': {
        const { heldOut } = event.scores;
        this.#set(event.step === 0 ? { heldOutBefore: heldOut } : { heldOutLast: heldOut });
        break;
      }
      case 'step': {
        const { reward, passAt1 } = event.metrics;
        this.#set({
          step: event.step,
          ...(reward === undefined ? {} : { reward }),
          ...(passAt1 === undefined ? {} : { passAt1 }),
        });
      }
    }
    this.#measure(event);
  }

  #measure(
    event: Exclude<
      TrainingEvent,
      { event: 'device' | 'isolation' | 'collecting' | 'collected' | 'run' | 'imitation' }
    >,
  ) {
    const progress = this.#progress;
    if (!progress) return;
    progress.onEvent(event);
    const { secondsLeft: _, ...rest } = this.#part;
    const left = this.#left?.(progress.done);
    this.#part = {
      ...rest,
      progress: progress.done / progress.total,
      ...(left === undefined ? {} : { secondsLeft: left }),
    };
  }

  #set(part: Partial<TrainingPart>): void {
    this.#part = { ...this.#part, ...part };
  }
}
