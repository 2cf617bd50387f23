import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl+C arrives once from the terminal and once through whoever started us; what comes later is a second wish. */
const sameWishMilliseconds = 1000;

/** Turns signals that ask the process to end into an abort; a second one ends it at once. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  #at = 0;
  #exitCode: number | undefined;

  constructor() {
    for (const name of signals) process.on(name, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** 128 + the signal's number (130 for Ctrl+C), once there was one. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  [Symbol.dispose](): void {
    for (const name of signals) process.off(name, this.#onSignal);
  }

  readonly #onSignal = (name: (typeof signals)[number]): void => {
    const now = performance.now();
    if (this.#exitCode === undefined) {
      this.#at = now;
      this.#exitCode = 128 + constants.signals[name];
      this.#controller.abort(new Error('The command was interrupted.'));
    } else if (now - this.#at > sameWishMilliseconds) {
      process.exit(this.#exitCode);
    }
  };
}
