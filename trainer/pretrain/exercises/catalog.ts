import type { Family } from './family.ts';
import { arrays } from './families/arrays.ts';
import { composedNumbers } from './families/composed-numbers.ts';
import { composedWords } from './families/composed-words.ts';
import { lists } from './families/lists.ts';
import { mapped } from './families/mapped.ts';
import { misc } from './families/misc.ts';
import { numbers } from './families/numbers.ts';
import { objects } from './families/objects.ts';
import { strings } from './families/strings.ts';
import { texts } from './families/texts.ts';
import { drawInstance, type Instance } from './instance.ts';
import type { Random } from './random.ts';

/** Every family of exercises. */
export const catalog: readonly Family[] = [
  ...numbers,
  ...lists,
  ...strings,
  ...arrays,
  ...objects,
  ...misc,
  ...texts,
  ...composedNumbers,
  ...composedWords,
  ...mapped,
];

const ends: number[] = [];
let total = 0;
for (const family of catalog) {
  total += family.weight;
  ends.push(total);
}

/** Draws an exercise of a family that is drawn by weight. */
export function drawExercise(random: Random): Instance {
  const at = random.next() * total;
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return drawInstance(catalog[low]!, random);
}
