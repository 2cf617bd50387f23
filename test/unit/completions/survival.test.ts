import { describe, expect, test } from 'vitest';
import { editDistance } from '../../../extension/completions/editDistance.ts';
import { type Survival, SurvivalWatch, type TextChange } from '../../../extension/completions/survival.ts';

/** A document with a clock, whose changes are told to the watch. */
class Scene {
  text: string | undefined;
  readonly reports: Survival<string>[] = [];
  readonly #due: { readonly at: number; readonly action: () => void }[] = [];
  #now = 0;
  readonly watch = new SurvivalWatch<string>(
    (_, start, end) => this.text?.slice(start, end),
    (report) => this.reports.push(report),
    {
      after: (milliseconds, action) => {
        const entry = { at: this.#now + milliseconds, action };
        this.#due.push(entry);
        return () => void this.#due.splice(this.#due.indexOf(entry), 1);
      },
    },
  );

  /** Accepts what stands between « and ». */
  constructor(marked: string) {
    const [before, accepted, after] = marked.split(/[«»]/) as [string, string, string];
    this.text = before + accepted + after;
    this.watch.accepted('a', before.length, accepted, 'it');
  }

  /** Replaces texts, all found in the document as it is, in one change, in the order given. */
  replace(...pairs: readonly (readonly [string, string])[]): void {
    const text = this.text!;
    const changes: (TextChange & { with: string })[] = pairs.map(([from, to]) => ({
      at: text.indexOf(from),
      removed: from.length,
      inserted: to.length,
      with: to,
    }));
    this.text = changes
      .toSorted((a, b) => b.at - a.at)
      .reduce((now, { at, removed, with: to }) => now.slice(0, at) + to + now.slice(at + removed), text);
    this.watch.changed('a', changes);
  }

  passes(seconds: number): void {
    this.#now += seconds * 1000;
    for (const { at, action } of [...this.#due]) {
      if (at > this.#now) continue;
      this.#due.splice(
        this.#due.findIndex((entry) => entry.action === action),
        1,
      );
      action();
    }
  }

  get waiting(): number {
    return this.#due.length;
  }
}

describe('an accepted completion', () => {
  test('that nobody touches survives 15, 30, 120 and 300 seconds', () => {
    const scene = new Scene('function f() {\n  «return a + b;»\n}');
    scene.passes(14);
    expect(scene.reports).toEqual([]);
    scene.passes(300);
    expect(scene.reports).toEqual(
      [15, 30, 120, 300].map((seconds) => ({ accepted: 'it', seconds, survives: true, changed: 0 })),
    );
    expect(scene.waiting).toBe(0);
  });

  test('survives a small correction, with its share, and not a large one', () => {
    const scene = new Scene('x = «return a + b;» y');
    scene.replace(['a + b', 'a - b']);
    scene.passes(15);
    expect(scene.reports.at(-1)).toMatchObject({ survives: true, changed: 1 / 13 });
    scene.replace(['return a - b;', 'throw new Error();']);
    scene.passes(15);
    expect(scene.reports.at(-1)).toMatchObject({ seconds: 30, survives: false });
  });

  test('is found again when text before and after it changes, also in one step', () => {
    const scene = new Scene('one «return a + b;» two');
    scene.replace(['one ', 'a longer one '], ['two', '2']);
    scene.replace(['a longer', ''], ['return', 'yield']);
    scene.passes(15);
    expect(scene.reports.at(-1)).toMatchObject({ survives: true });
    expect(scene.reports.at(-1)!.changed).toBeCloseTo(editDistance('return a + b;', 'yield a + b;') / 13);
  });

  test('does not count what is typed right before or after it', () => {
    const scene = new Scene('a«bcd»e');
    scene.replace(['a', 'aXX'], ['e', 'YYe']);
    scene.passes(15);
    expect(scene.reports.at(-1)).toMatchObject({ changed: 0 });
  });

  test('that was deleted does not survive', () => {
    const scene = new Scene('a «return b;» c');
    scene.replace([' return b; ', '']);
    scene.passes(300);
    expect(scene.reports.map(({ survives }) => survives)).toEqual([false, false, false, false]);
  });

  test('in a document that is closed is not reported, and nothing waits after the end', () => {
    const scene = new Scene('«a»');
    scene.text = undefined;
    scene.passes(20);
    expect(scene.reports).toEqual([]);
    scene.watch[Symbol.dispose]();
    expect(scene.waiting).toBe(0);
  });
});

test.each([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['same', 'same', 0],
])('the distance of "%s" and "%s" is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});
