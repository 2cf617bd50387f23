interface Entry<T> {
  readonly answer: Promise<T>;
  /** Gone once the answer is there: it would be most of what a kept answer takes. */
  abort: AbortController | undefined;
  waiting: number;
  done: boolean;
}

/**
 * Computes each answer once, also for those who ask while it is being computed. The work is aborted when none of them
 * waits for it any more.
 */
export class SharedAnswers<T> {
  readonly #limit: number;
  readonly #worthKeeping: (answer: T) => boolean;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(limit: number, worthKeeping: (answer: T) => boolean) {
    this.#limit = limit;
    this.#worthKeeping = worthKeeping;
  }

  /** @returns the answer, and whether it was computed for somebody else. @throws the signal's reason when aborted. */
  async get(
    key: string,
    compute: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<{ answer: T; shared: boolean }> {
    signal?.throwIfAborted();
    const known = this.#entries.get(key);
    const entry = known ?? this.#start(key, compute);
    return { answer: await this.#wait(key, entry, signal), shared: known !== undefined };
  }

  #start(key: string, compute: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const abort = new AbortController();
    const entry: Entry<T> = { answer: compute(abort.signal), abort, waiting: 0, done: false };
    this.#entries.set(key, entry);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > this.#limit && oldest !== undefined) this.#entries.delete(oldest);
    entry.answer.then(
      (answer) => {
        entry.done = true;
        entry.abort = undefined;
        if (!this.#worthKeeping(answer)) this.#drop(key, entry);
      },
      () => this.#drop(key, entry),
    );
    return entry;
  }

  async #wait(key: string, entry: Entry<T>, signal: AbortSignal | undefined): Promise<T> {
    if (signal === undefined) {
      entry.waiting++; // For good: nobody can call it off.
      return entry.answer;
    }
    entry.waiting++;
    const aborted = Promise.withResolvers<never>();
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([entry.answer, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      entry.waiting--;
      if (entry.waiting === 0 && !entry.done) {
        this.#drop(key, entry);
        entry.abort?.abort(signal.reason);
      }
    }
  }

  #drop(key: string, entry: Entry<T>): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}
