/** Whether accepted completions are still in their documents some time later. */
import { editDistance } from './editDistance.ts';

/** Seconds after acceptance. */
export const survivalTimes = [15, 30, 120, 300] as const;

/** A completion counts as still there while at most this share of it has been changed. */
const mostChanged = 0.5;
/** The distance of texts of this length takes the window's event loop about 3 ms; of longer ones the beginning is compared. */
const longestCompared = 600;

export interface Survival<T> {
  readonly accepted: T;
  readonly seconds: number;
  readonly survives: boolean;
  /** Share of the text that was changed, in [0, 1]. */
  readonly changed: number;
}

/** A replacement of `removed` characters at `at` by `inserted` ones. */
export interface TextChange {
  readonly at: number;
  readonly removed: number;
  readonly inserted: number;
}

/** The text between two offsets; undefined for a document that is closed, about which nothing is said then. */
export type TextOf = (document: string, start: number, end: number) => string | undefined;

export interface Timers {
  after(milliseconds: number, action: () => void): () => void;
}

interface Tracked {
  readonly document: string;
  readonly text: string;
  start: number;
  end: number;
}

export class SurvivalWatch<T> implements Disposable {
  readonly #textOf: TextOf;
  readonly #report: (survival: Survival<T>) => void;
  readonly #timers: Timers;
  readonly #tracked = new Set<Tracked>();
  readonly #cancel = new Set<() => void>();

  constructor(textOf: TextOf, report: (survival: Survival<T>) => void, timers: Timers) {
    this.#textOf = textOf;
    this.#report = report;
    this.#timers = timers;
  }

  /** `text` has just been inserted at offset `start`. */
  accepted(document: string, start: number, text: string, accepted: T): void {
    const tracked = { document, text, start, end: start + text.length };
    this.#tracked.add(tracked);
    for (const seconds of survivalTimes) {
      const cancel = this.#timers.after(seconds * 1000, () => {
        this.#cancel.delete(cancel);
        this.#look(tracked, seconds, accepted);
        if (seconds === survivalTimes.at(-1)) this.#tracked.delete(tracked);
      });
      this.#cancel.add(cancel);
    }
  }

  /** Keeps the places of accepted texts right while their document changes; changes as an editor reports them. */
  changed(document: string, changes: readonly TextChange[]): void {
    for (const tracked of this.#tracked) {
      if (tracked.document !== document) continue;
      // All offsets are those before the change: the last must come first.
      for (const change of changes.toSorted((a, b) => b.at - a.at)) move(tracked, change);
    }
  }

  #look({ document, text, start, end }: Tracked, seconds: number, accepted: T): void {
    const now = this.#textOf(document, start, Math.min(end, start + longestCompared));
    if (now === undefined) return;
    const before = text.slice(0, longestCompared);
    const changed = editDistance(before, now) / Math.max(1, before.length, now.length);
    this.#report({ accepted, seconds, survives: changed <= mostChanged, changed });
  }

  [Symbol.dispose](): void {
    for (const cancel of this.#cancel) cancel();
    this.#cancel.clear();
    this.#tracked.clear();
  }
}

function move(range: { start: number; end: number }, { at, removed, inserted }: TextChange): void {
  const shift = (offset: number, isEnd: boolean): number => {
    if (offset < at || (offset === at && isEnd)) return offset;
    if (offset >= at + removed) return offset + inserted - removed;
    return isEnd ? at + inserted : at;
  };
  const [start, end] = [shift(range.start, false), shift(range.end, true)];
  range.start = start;
  range.end = Math.max(start, end);
}
