/** Rarely used, hence not an enum of strings. */
export enum State {
  Fresh,
  Stale,
}

/** Remembers values for a while. */
export class Cache<T> {
  readonly #entries = new Map<string, { value: T; at: number }>();

  constructor(private readonly lifetime: number) {}

  /** Keeps a value, as of now. */
  set(key: string, value: T): this {
    this.#entries.set(key, { value, at: Date.now() });
    return this;
  }

  /** The value, unless it was kept for longer than the lifetime. */
  get(key: string): T | undefined {
    if (this.state(key) === State.Stale) return undefined;
    return this.#entries.get(key)?.value;
  }

  /** Whether a value may still be used. */
  state(key: string): State {
    const entry = this.#entries.get(key);
    return entry && Date.now() - entry.at <= this.lifetime ? State.Fresh : State.Stale;
  }
}
