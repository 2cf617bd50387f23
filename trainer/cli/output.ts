import { stripVTControlCharacters } from 'node:util';
import { MultiBar, type SingleBar } from 'cli-progress';
import { secondsLeft } from '../session/progress.ts';
import { duration } from './wording.ts';

/** One line of `--json`. */
export type JsonEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

/** Something under way whose end is known. */
export interface Progress extends Disposable {
  /** `done` of the total; only ever grows. `note` says what is being done right now. */
  update(done: number, note?: string): void;
}

const plainLineMilliseconds = 10_000;

/**
 * What a command says. For people: text on standard output. With `--json`: one JSON object a line on standard output,
 * and the text for people on standard error. Progress always goes to standard error: a bar with the time left on a
 * terminal, elsewhere a plain line now and then.
 */
export class Output {
  readonly json: boolean;
  #bars: MultiBar | undefined;

  constructor(json: boolean) {
    this.json = json;
  }

  /** Text for people. */
  say(text: string): void {
    const stream = this.json ? process.stderr : process.stdout;
    // Beside a bar on the same terminal, text goes above it.
    if (this.#bars && stream.isTTY) this.#bars.log(`${text}\n`);
    else stream.write(`${text}\n`);
  }

  /** What a person should know before trusting the result: never among it. */
  warn(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** An object for programs; nothing without `--json`. */
  event(event: JsonEvent): void {
    if (this.json) process.stdout.write(`${JSON.stringify(event)}\n`);
  }

  /**
   * Shows progress until it is disposed of. One at a time.
   * @param limitSeconds how long it can take at most, where that is known.
   */
  progress(label: string, total: number, limitSeconds = Number.POSITIVE_INFINITY): Progress {
    const left = timeLeft(total, limitSeconds);
    return process.stderr.isTTY ? this.#bar(label, total, left) : plainProgress(label, total, left);
  }

  #bar(label: string, total: number, left: TimeLeft): Progress {
    const bars = new MultiBar({
      format: `${label} {percentage}% {bar} {left}  {note}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      // On a narrow terminal what stands behind it matters more.
      barsize: Math.max(6, Math.min(24, (process.stderr.columns ?? 80) - 56)),
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      // Ctrl+C is the program's own business.
      gracefulExit: false,
    });
    this.#bars = bars;
    const bar: SingleBar = bars.create(total, 0, { left: '', note: '' });
    return {
      update: (done, note = '') => void bar.update(done, { left: left(done), note }),
      [Symbol.dispose]: () => {
        bars.stop();
        this.#bars = undefined;
      },
    };
  }
}

function plainProgress(label: string, total: number, left: TimeLeft): Progress {
  let last = performance.now();
  return {
    update: (done, note) => {
      const now = performance.now();
      if (now - last < plainLineMilliseconds) return;
      last = now;
      const parts = [`${label}: ${done} of ${total}`, left(done), note].filter(Boolean);
      process.stderr.write(`${stripVTControlCharacters(parts.join(', '))}\n`);
    },
    [Symbol.dispose]: () => {},
  };
}

/** Words for the time that is left once so much is done; empty while that cannot be said. */
type TimeLeft = (done: number) => string;

function timeLeft(total: number, limitSeconds: number): TimeLeft {
  const left = secondsLeft(total, limitSeconds);
  return (done) => {
    const seconds = left(done);
    return seconds === undefined ? '' : `${duration(seconds)} left`;
  };
}
