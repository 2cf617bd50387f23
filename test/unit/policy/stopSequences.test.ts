import { describe, expect, test } from 'vitest';
import { StopSequences } from '../../../trainer/policy/stopSequences.ts';
import { Random } from '../../../trainer/random.ts';

/** Where a text ends that comes in these pieces, and after how many of them that is known. */
function endOf(sequences: readonly string[], pieces: readonly string[]) {
  const stop = new StopSequences(sequences);
  for (const [at, piece] of pieces.entries()) {
    const end = stop.push(piece);
    if (end !== undefined) return { end, pieces: at + 1 };
  }
  return undefined;
}

describe('a stop sequence', () => {
  test.each([
    { title: 'in one piece', sequences: ['\n\n'], pieces: ['a', 'b\n\nc'], found: { end: 2, pieces: 2 } },
    { title: 'over three', sequences: ['END'], pieces: ['xE', 'N', 'Dy'], found: { end: 1, pieces: 3 } },
    {
      title: 'after a false start',
      sequences: ['aab'],
      pieces: ['a', 'a', 'a', 'b'],
      found: { end: 1, pieces: 4 },
    },
    { title: 'the first of two', sequences: ['c', 'bc'], pieces: ['ab', 'c'], found: { end: 1, pieces: 2 } },
    { title: 'that is not there', sequences: ['xyz'], pieces: ['x', 'y', 'y', 'z'], found: undefined },
    { title: 'of which there is none', sequences: [], pieces: ['a', 'b'], found: undefined },
  ])('$title', ({ sequences, pieces, found }) => {
    expect(endOf(sequences, pieces)).toEqual(found);
  });

  test('is found where a search of the whole text finds it, however the text is cut', () => {
    const random = new Random('stop');
    const letters = (count: number) => Array.from({ length: count }, () => 'ab'[random.below(2)]!).join('');
    for (let round = 0; round < 500; round++) {
      const sequence = letters(1 + random.below(5));
      const text = letters(40);
      const pieces: string[] = [];
      for (let at = 0; at < text.length; at += pieces.at(-1)!.length) {
        pieces.push(text.slice(at, at + 1 + random.below(4)));
      }
      const end = text.indexOf(sequence);
      expect(endOf([sequence], pieces)?.end ?? -1).toBe(end);
    }
  });
});
