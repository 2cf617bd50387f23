/** What the window does with requests, against a model that the test answers for. */
import { describe, expect, test } from 'vitest';
import { isTakenPart, leftOf } from '../../../extension/completions/begunSuggestions.ts';
import { TypingRhythm } from '../../../extension/completions/rhythm.ts';
import { type Answer, Suggester } from '../../../extension/completions/suggester.ts';
import { at } from '../completion/serverProcess.ts';

interface Asked {
  readonly prefix: string;
  readonly signal: AbortSignal;
  readonly answer: (text: string | undefined) => void;
}

function completion(text: string): Answer {
  const timings = { promptTokens: 1, reusedTokens: 0, tokens: 1, readMilliseconds: 1, writeMilliseconds: 1 };
  return { kind: 'completion', text, stop: 'block-end', form: 'prefix', timings };
}

/** A suggester, and what it has asked of the model so far. */
function newSuggester() {
  const asked: Asked[] = [];
  const suggester = new Suggester(
    ({ prefix }, signal) =>
      new Promise((resolve) => {
        const answer = (text: string | undefined) =>
          resolve(text === undefined ? { kind: 'nothing', reason: 'empty', tokens: 1 } : completion(text));
        signal.addEventListener('abort', () => resolve({ kind: 'nothing', reason: 'cancelled', tokens: 1 }));
        asked.push({ prefix, signal, answer });
      }),
    new TypingRhythm(),
  );
  const suggest = (marked: string, signal = new AbortController().signal) =>
    suggester.suggest({ document: 'a.ts', complete: at(marked), asked: true }, signal);
  return { asked, suggester, suggest };
}

describe('a request', () => {
  test('is answered by the model', async () => {
    const { asked, suggest } = newSuggester();
    const suggested = suggest('const a = ¦;');
    asked[0]!.answer('1 + 2');
    expect(await suggested).toMatchObject({ kind: 'suggestion', text: '1 + 2', source: 'model' });
  });

  test('at what an earlier suggestion was typed up to is answered without the model', async () => {
    const { asked, suggest } = newSuggester();
    const first = suggest('const a = ¦;');
    asked[0]!.answer('value + 1');
    await first;
    expect(await suggest('const a = val¦;')).toMatchObject({ text: 'ue + 1', source: 'begun' });
    expect(await suggest('const a = ¦;')).toMatchObject({ text: 'value + 1', source: 'begun' });
    expect(asked).toHaveLength(1);
    void suggest('const a = vex¦;');
    expect(asked).toHaveLength(2);
    void suggest('const a = v¦ + 1;');
    expect(asked).toHaveLength(3);
  });

  test('joins the one in flight when that agrees with what was typed since', async () => {
    const { asked, suggest } = newSuggester();
    const typedOn = new AbortController();
    const first = suggest('ret¦', typedOn.signal);
    typedOn.abort();
    const second = suggest('retu¦');
    expect(await first).toMatchObject({ kind: 'nothing', why: 'superseded' });
    asked[0]!.answer('urn 1;');
    expect(await second).toMatchObject({ text: 'rn 1;', source: 'joined' });
    expect(asked).toHaveLength(1);
    expect(asked[0]!.signal.aborted).toBe(false);
  });

  test('asks anew when the one in flight says something else', async () => {
    const { asked, suggest } = newSuggester();
    void suggest('re¦');
    const second = suggest('rex¦');
    asked[0]!.answer('turn 1;');
    await expect.poll(() => asked.length).toBe(2);
    asked[1]!.answer('port();');
    expect(await second).toMatchObject({ text: 'port();', source: 'model' });
  });

  test('at another place cancels the one in flight', async () => {
    const { asked, suggest } = newSuggester();
    const first = suggest('const a = ¦');
    void suggest('let b = ¦');
    expect(asked[0]!.signal.aborted).toBe(true);
    expect(await first).toMatchObject({ kind: 'nothing', why: 'cancelled' });
  });

  test('of the past is forgotten with its policy', async () => {
    const { asked, suggester, suggest } = newSuggester();
    const first = suggest('a¦');
    asked[0]!.answer('bc');
    await first;
    suggester.clear();
    void suggest('a¦');
    expect(asked).toHaveLength(2);
  });

  test('that the model has nothing for says why', async () => {
    const { asked, suggest } = newSuggester();
    const suggested = suggest('a¦');
    asked[0]!.answer(undefined);
    expect(await suggested).toMatchObject({ kind: 'nothing', why: 'empty' });
  });
});

describe('what is left of a suggestion', () => {
  const place = (marked: string) => ({ document: 'a', ...at(marked) });
  test.each([
    ['nothing typed', 'f¦;', 'f¦;', { text: '(a)', overwrites: 0 }],
    ['a bracket that the editor closed by itself', 'f¦;', 'f(¦);', { text: 'a)', overwrites: 1 }],
    ['all of it', 'f¦;', 'f(a)¦;', undefined],
    ['something else', 'f¦;', 'f[¦];', undefined],
    ['less than before', 'f¦;', '¦;', undefined],
    ['text after the cursor', 'f¦;', 'f(¦b);', undefined],
  ])('%s', (_, from, to, expected) => {
    expect(leftOf('(a)', place(from), place(to))).toEqual(expected);
  });
});

describe('the wait after a key', () => {
  /** Keys at this pause, with answers that take so long. */
  function delayAt(pause: number, answer: number): number {
    let now = 0;
    const rhythm = new TypingRhythm(() => now);
    for (let key = 0; key < 40; key++) {
      now += pause;
      rhythm.key();
      rhythm.answered(answer);
    }
    return rhythm.delay;
  }

  test('is none while the model is quicker than the fingers', () => {
    expect(delayAt(150, 60)).toBe(0);
  });
  test('is longer than the pauses between keys where it is slower, and has an end', () => {
    expect(delayAt(150, 500)).toBeGreaterThan(150);
    expect(delayAt(900, 3000)).toBeLessThanOrEqual(400);
  });
  test('does not take a pause for thinking as a rhythm', () => {
    let now = 0;
    const rhythm = new TypingRhythm(() => now);
    for (let key = 0; key < 40; key++) {
      now += key % 10 === 0 ? 60_000 : 100;
      rhythm.key();
      rhythm.answered(500);
    }
    expect(rhythm.delay).toBeLessThan(150);
  });
});

test('what is inserted at once from the beginning of a suggestion is a part of it that was taken', () => {
  expect(isTakenPart('return ', 'return a;')).toBe(true);
  expect(isTakenPart('f(', 'f(a);')).toBe(true);
  // All of it, something else, or what an editor inserts of a key.
  for (const inserted of ['return a;', 'retire', '', 'r'])
    expect(isTakenPart(inserted, 'return a;')).toBe(false);
  expect(isTakenPart('()', '()=>1')).toBe(false);
});
