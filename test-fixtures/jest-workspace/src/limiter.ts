import { now } from './clock';

/** Lets at most `count` calls pass in each window of time. */
export class Limiter {
  private calls: number[] = [];

  constructor(
    private readonly count: number,
    private readonly window: number,
  ) {}

  /** Whether a call may be made now; if so, it counts. */
  allow(): boolean {
    this.forget();
    if (this.calls.length >= this.count) return false;
    this.calls.push(now());
    return true;
  }

  /** Drops the calls that are older than the window. */
  private forget(): void {
    const oldest = now() - this.window;
    this.calls = this.calls.filter((time) => time > oldest);
  }
}
