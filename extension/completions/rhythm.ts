/**
 * How long to wait after a key before asking the model. While it answers faster than keys come, not at all; else until a
 * pause is longer than the pauses between this person's keys, so that it is not asked in vain at each of them.
 */
export class TypingRhythm {
  readonly #now: () => number;
  #lastKey = Number.NEGATIVE_INFINITY;
  /** Running means, in milliseconds. */
  #pause = 200;
  #answer = 100;

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  key(): void {
    const now = this.#now();
    const pause = now - this.#lastKey;
    this.#lastKey = now;
    if (pause < longestPause) this.#pause += (pause - this.#pause) * weight;
  }

  answered(milliseconds: number): void {
    this.#answer += (milliseconds - this.#answer) * weight;
  }

  /** Milliseconds to wait, beside what the editor waits by itself. */
  get delay(): number {
    return this.#answer <= this.#pause ? 0 : Math.min(longestDelay, this.#pause * 1.2);
  }
}

/** A pause that is longer is no rhythm: somebody was thinking. */
const longestPause = 1000;
const longestDelay = 400;
const weight = 0.2;
