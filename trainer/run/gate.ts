/**
 * Where work that has time lets others go first: it passes the gate between two pieces, and waits there while the
 * gate is shut. Shut by a person until opened again, or for a moment, which a later moment only prolongs.
 */
export class Gate {
  #paused = false;
  #yieldUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];
  #shutSince: number | undefined;
  #shutMilliseconds = 0;

  get paused(): boolean {
    return this.#paused;
  }

  /** Seconds that work has waited here so far. */
  get secondsShut(): number {
    const now = this.#shutSince === undefined ? 0 : performance.now() - this.#shutSince;
    return (this.#shutMilliseconds + now) / 1000;
  }

  pause(): void {
    this.#paused = true;
  }

  continue(): void {
    this.#paused = false;
    this.#openIfDue();
  }

  /** Shuts the gate for so long from now. */
  yieldFor(milliseconds: number): void {
    this.#yieldUntil = Math.max(this.#yieldUntil, performance.now() + milliseconds);
  }

  /** Resolves as soon as the gate is open. @throws the signal's reason when aborted. */
  async pass(signal?: AbortSignal): Promise<void> {
    if (!this.#isShut()) return;
    this.#shutSince ??= performance.now();
    try {
      while (this.#isShut()) {
        signal?.throwIfAborted();
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#waiting.push(resolve);
        const wake = () => resolve();
        signal?.addEventListener('abort', wake);
        this.#wakeLater();
        await promise;
        signal?.removeEventListener('abort', wake);
      }
    } finally {
      if (this.#shutSince !== undefined) this.#shutMilliseconds += performance.now() - this.#shutSince;
      this.#shutSince = undefined;
    }
    signal?.throwIfAborted();
  }

  #isShut(): boolean {
    return this.#paused || performance.now() < this.#yieldUntil;
  }

  #wakeLater(): void {
    if (this.#paused) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#openIfDue(), Math.ceil(this.#yieldUntil - performance.now()));
  }

  #openIfDue(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    // Whoever finds the gate shut again waits anew.
    for (const wake of waiting) wake();
  }
}
