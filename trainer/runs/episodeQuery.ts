import type { EpisodeColumn, EpisodeFilter, EpisodeQuery } from '../protocol/runs.ts';
import type { TextColumn } from './columns.ts';
import type { EpisodeIndex } from './episodeIndex.ts';

type RowTest = (row: number) => boolean;

/** The rows that a query's filter lets through, in the order that it asks for. */
export function rowsOf(
  index: EpisodeIndex,
  { filter, sort }: Omit<EpisodeQuery, 'offset' | 'limit'>,
): Uint32Array {
  const tests = testsOf(index, filter);
  const found = new Uint32Array(index.length);
  let count = 0;
  for (let row = 0; row < index.length; row++) {
    if (tests.every((holds) => holds(row))) found[count++] = row;
  }
  const rows = found.subarray(0, count);
  if (sort.by === 'row') return sort.descending ? rows.reverse() : rows;
  const key = keyOf(index, sort.by);
  const keys = new Float64Array(index.length);
  for (const row of rows) keys[row] = key(row);
  const sign = sort.descending ? -1 : 1;
  return rows.sort((a, b) => {
    const [left, right] = [keys[a]!, keys[b]!];
    if (left === right) return a - b;
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
    }
    return sign * (left - right);
  });
}

function testsOf(index: EpisodeIndex, filter: EpisodeFilter): RowTest[] {
  const tests: RowTest[] = [];
  const oneOf = (column: TextColumn, wanted: readonly string[] | undefined) => {
    if (!wanted) return;
    const codes = new Set(wanted.map((text) => column.codeOf(text)));
    tests.push((row) => codes.has(column.codeAt(row)));
  };
  oneOf(index.task, filter.tasks);
  oneOf(index.group, filter.group === undefined ? undefined : [filter.group]);
  oneOf(index.verdict, filter.verdicts);
  oneOf(index.label, filter.labels);
  oneOf(index.split, filter.split && [filter.split]);
  oneOf(index.purpose, filter.purpose && [filter.purpose]);
  const { steps, reward, text } = filter;
  if (steps) tests.push((row) => index.step.at(row) >= steps[0] && index.step.at(row) <= steps[1]);
  if (reward) tests.push((row) => index.reward.at(row) >= reward[0] && index.reward.at(row) <= reward[1]);
  if (text) {
    const inCompletion = holding(index.completion, text);
    const inPrompt = holding(index.prompt, text);
    tests.push((row) => inCompletion(row) || inPrompt(row));
  }
  return tests;
}

/** Looks through the different texts once, so that a row costs one look-up. */
function holding(column: TextColumn, text: string): RowTest {
  const wanted = text.toLowerCase();
  const holds = column.texts.map((candidate) => candidate.toLowerCase().includes(wanted));
  return (row) => holds[column.codeAt(row)] ?? false;
}

/** NaN is "no value". */
function keyOf(index: EpisodeIndex, by: Exclude<EpisodeColumn, 'row'>): (row: number) => number {
  if (by === 'passed') return (row) => index.passed.at(row) / index.tests.at(row);
  const column = index[by];
  if (!('ranks' in column)) return (row) => column.at(row);
  const ranks = column.ranks();
  return (row) => ranks[column.codeAt(row)] ?? Number.NaN;
}
