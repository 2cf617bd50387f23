/** The reader's table of episodes, beside plain arrays that are filtered and sorted as the words of the query say. */
import { expect, test } from 'vitest';
import {
  type EpisodeColumn,
  type EpisodeFilter,
  type EpisodeQuery,
  type EpisodeRow,
  episodeColumns,
} from '../../../trainer/protocol/runs.ts';
import { Random } from '../../../trainer/random.ts';
import { type LoggedEpisode, LoggedRun, patientReader, randomEpisodes } from './loggedRun.ts';

const episodes = randomEpisodes(600);

const cells: Readonly<Record<EpisodeColumn, (record: LoggedEpisode, row: number) => number | string | null>> =
  {
    row: (_, row) => row,
    step: ({ step }) => step,
    task: ({ episode }) => episode.taskId,
    reward: ({ episode }) => episode.reward.value,
    verdict: ({ episode }) => episode.reward.verdict,
    label: ({ episode }) => episode.reward.cheat?.label ?? null,
    advantage: ({ advantage }) => advantage,
    passed: ({ episode: { reward } }) =>
      reward.tests.length === 0
        ? null
        : reward.tests.filter(({ passed }) => passed).length / reward.tests.length,
    tokens: ({ episode }) => episode.steps.flatMap(({ action }) => action).length,
    seconds: ({ episode }) => episode.reward.seconds,
    split: ({ episode }) => episode.split,
    purpose: ({ episode }) => (episode.group.includes('/evaluation/') ? 'evaluation' : 'training'),
    policyVersion: ({ episode }) => episode.policyVersion,
  };

function naive({ filter, sort }: EpisodeQuery): number[] {
  const within = (value: number, range: readonly [number, number] | undefined) =>
    !range || (range[0] <= value && value <= range[1]);
  const among = (value: string | undefined, values: readonly string[] | undefined) =>
    !values || (value !== undefined && values.includes(value));
  const text = filter.text?.toLowerCase();
  const found = episodes
    .map((record, row) => ({ record, row, cell: cells[sort.by](record, row) }))
    .filter(({ record: { step, prompt, episode } }) => {
      return (
        among(episode.taskId, filter.tasks) &&
        (filter.group === undefined || episode.group === filter.group) &&
        within(step, filter.steps) &&
        within(episode.reward.value, filter.reward) &&
        among(episode.reward.verdict, filter.verdicts) &&
        among(episode.reward.cheat?.label, filter.labels) &&
        (!filter.split || episode.split === filter.split) &&
        (!filter.purpose || episode.group.includes('/evaluation/') === (filter.purpose === 'evaluation')) &&
        (!text || episode.completion.toLowerCase().includes(text) || prompt.toLowerCase().includes(text))
      );
    });
  const valued = found.filter(({ cell }) => cell !== null);
  valued.sort((a, b) => {
    if (a.cell === b.cell) return a.row - b.row;
    return a.cell! < b.cell! === sort.descending ? 1 : -1;
  });
  return [...valued, ...found.filter(({ cell }) => cell === null)].map(({ row }) => row);
}

function randomFilter(random: Random): EpisodeFilter {
  const oneOf = <T>(values: readonly T[]) => values[Math.floor(random.uniform() * values.length)]!;
  const sometimes = <T>(chance: number, filter: () => T): Partial<T> =>
    random.uniform() < chance ? filter() : {};
  const some = oneOf(episodes);
  return {
    ...sometimes(0.3, () => ({ tasks: [some.episode.taskId, 'src/none.ts#none'] })),
    ...sometimes(0.1, () => ({ group: some.episode.group })),
    ...sometimes(0.3, () => ({ steps: [some.step - 3, some.step + 2] as const })),
    ...sometimes(0.3, () => ({ reward: [0.25, 0.75] as const })),
    ...sometimes(0.3, () => ({ verdicts: [some.episode.reward.verdict, 'timeout'] })),
    ...sometimes(0.1, () => ({ labels: ['forged-report'] })),
    ...sometimes(0.2, () => ({ split: some.episode.split })),
    ...sometimes(0.2, () => ({ purpose: oneOf(['training', 'evaluation'] as const) })),
    ...sometimes(0.3, () => ({
      text: oneOf(['RETURN', 'maß', '"quoted" x', '\\', '漢', 'größe', 'nowhere']),
    })),
  };
}

test('every query answers what filtering and sorting the records one by one does', async () => {
  await using run = await LoggedRun.create(episodes);
  using reader = patientReader();
  const random = new Random(1, 'queries');
  for (let n = 0; n < 130; n++) {
    const filter = randomFilter(random);
    const by = episodeColumns[n % episodeColumns.length]!;
    const query = { filter, sort: { by, descending: random.uniform() < 0.5 }, offset: 0, limit: 400 };
    const expected = naive(query);
    const first = await reader.answers.episodes({ run: run.path, query });
    const rest = await reader.answers.episodes({ run: run.path, query: { ...query, offset: 400 } });
    const rows = [...first.rows, ...rest.rows];
    expect(first.total, JSON.stringify(query)).toBe(expected.length);
    expect(
      rows.map(({ row }) => row),
      JSON.stringify(query),
    ).toEqual(expected);
    for (const row of rows.slice(0, 5)) expect(row).toEqual(naiveRow(row.row));
  }
});

function naiveRow(row: number): EpisodeRow {
  const record = episodes[row]!;
  const { group, reward } = record.episode;
  const cell = <T>(column: EpisodeColumn) => cells[column](record, row) as T;
  return {
    row,
    step: record.step,
    task: record.episode.taskId,
    group,
    attempt: episodes.slice(0, row).filter(({ episode }) => episode.group === group).length,
    split: record.episode.split,
    purpose: cell('purpose'),
    verdict: reward.verdict,
    label: cell('label'),
    reward: reward.value,
    advantage: record.advantage,
    passed: reward.tests.filter(({ passed }) => passed).length,
    tests: reward.tests.length,
    tokens: cell('tokens'),
    seconds: reward.seconds,
    policyVersion: record.episode.policyVersion,
  };
}

test('a task is told by step and purpose, and tries whose sandbox failed count in no share', async () => {
  await using run = await LoggedRun.create(episodes);
  using reader = patientReader();
  const task = 'lib/a b.py#Straße.größe';
  const history = await reader.answers.task({ run: run.path, task });
  expect(history.task).toMatchObject({ name: 'Straße.größe', file: 'lib/a b.py', split: 'heldOut' });
  const tries = episodes.filter(({ episode }) => episode.taskId === task);
  expect(history.task.episodes).toBe(tries.length);
  expect(history.points.reduce((sum, point) => sum + point.tries, 0)).toBe(tries.length);
  for (const point of history.points) {
    const graded = tries.filter(
      ({ step, episode }) =>
        step === point.step && episode.group === point.group && episode.reward.verdict !== 'infrastructure',
    );
    const passed = graded.filter(({ episode }) => episode.reward.verdict === 'passed').length;
    expect(point.tries - point.ungraded).toBe(graded.length);
    if (graded.length === 0) expect(point.passRate).toBeNull();
    else expect(point.passRate).toBeCloseTo(passed / graded.length, 12);
  }
});
