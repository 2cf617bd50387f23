import type { Draws } from './draws.ts';
import { arithmetic } from './families/arithmetic.ts';
import { composedNumbers } from './families/composedNumbers.ts';
import { composedRecords } from './families/composedRecords.ts';
import { composedWords } from './families/composedWords.ts';
import { formats } from './families/formats.ts';
import { grouping } from './families/grouping.ts';
import { letterCase } from './families/letterCase.ts';
import { letterCounts } from './families/letterCounts.ts';
import { listCallbacks } from './families/listCallbacks.ts';
import { listComparison } from './families/listComparison.ts';
import { listEdits } from './families/listEdits.ts';
import { listParts } from './families/listParts.ts';
import { mapped } from './families/mapped.ts';
import { money } from './families/money.ts';
import { numberTheory } from './families/numberTheory.ts';
import { phrases } from './families/phrases.ts';
import { rangesAndMeans } from './families/rangesAndMeans.ts';
import { records } from './families/records.ts';
import { scalesAndBases } from './families/scalesAndBases.ts';
import { series } from './families/series.ts';
import { setsAndMatrices } from './families/setsAndMatrices.ts';
import { splitTexts } from './families/splitTexts.ts';
import { textEdits } from './families/textEdits.ts';
import { textParts } from './families/textParts.ts';
import { textPredicates } from './families/textPredicates.ts';
import { time } from './families/time.ts';
import { totals } from './families/totals.ts';
import { unitsAndGeometry } from './families/unitsAndGeometry.ts';
import { values } from './families/values.ts';
import type { Family } from './family.ts';
import { drawInstance, type Instance } from './instance.ts';

/** Every family of exercises. The order is part of a seed's meaning. */
export const catalog: readonly Family[] = [
  ...arithmetic,
  ...numberTheory,
  ...scalesAndBases,
  ...totals,
  ...series,
  ...rangesAndMeans,
  ...letterCase,
  ...textEdits,
  ...phrases,
  ...listParts,
  ...listEdits,
  ...grouping,
  ...listComparison,
  ...listCallbacks,
  ...records,
  ...setsAndMatrices,
  ...time,
  ...unitsAndGeometry,
  ...money,
  ...formats,
  ...values,
  ...letterCounts,
  ...splitTexts,
  ...textPredicates,
  ...textParts,
  ...composedNumbers,
  ...composedWords,
  ...composedRecords,
  ...mapped,
];

const ends: number[] = [];
let total = 0;
for (const family of catalog) {
  total += family.weight;
  ends.push(total);
}

/** Draws an exercise of a family that is drawn by weight. */
export function drawExercise(random: Draws): Instance {
  const at = random.uniform() * total;
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return drawInstance(catalog[low]!, random);
}
