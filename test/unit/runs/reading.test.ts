import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startChildServer } from '../../../extension/background/childServer.ts';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import {
  type EpisodePage,
  type EpisodeQuery,
  type RunChange,
  runChanged,
  runsRequest,
} from '../../../trainer/protocol.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { RunReader } from '../../../trainer/runs/runReader.ts';
import { episode, newRun } from '../run/runs.ts';
import { baseModel, LoggedRun, linesOf, patientReader, randomEpisodes } from './loggedRun.ts';

const episodes = randomEpisodes(300);
const everything: EpisodeQuery = {
  filter: {},
  sort: { by: 'row', descending: false },
  offset: 0,
  limit: 1000,
};

test('an episode is told with its tests, its original body, and the text of each token', async () => {
  await using run = await LoggedRun.create(episodes);
  const [record] = episodes;
  const { taskId } = record!.episode;
  const task = { id: taskId, file: 'src/text.ts', name: 'upper', line: 3, language: 'typescript' };
  await writeFile(
    join(run.path, 'tasks.json'),
    JSON.stringify({
      format: 1,
      tasks: [{ ...task, split: 'train', header: 'h', body: ' own ', tests: [] }],
    }),
  );
  using reader = patientReader();
  const detail = await reader.answers.episode({ run: run.path, row: 0 });
  expect(detail).toMatchObject({
    id: record!.episode.id,
    completion: record!.episode.completion,
    prompt: record!.prompt,
    tests: record!.episode.reward.tests,
    original: ' own ',
    language: 'typescript',
    noTokens: null,
  });
  const tokenizer = await Tokenizer.load(baseModel);
  record!.episode.steps.forEach((step, at) => {
    const told = detail.steps[at]!;
    expect(told.action.map(({ id }) => id)).toEqual(step.action);
    expect(told.action.map(({ logp }) => logp)).toEqual(step.logp);
    expect(told.action.map(({ text }) => text).join('')).toBe(tokenizer.decode(step.action));
    expect(told.observation).toBe(tokenizer.decode(step.observation));
  });
});

test('an episode is told with what it broke, what limit it reached and how it cheated', async () => {
  const [record] = episodes;
  const found = {
    guards: [{ id: 'other', passed: false, message: 'It was right before.' }],
    firstFailure: 'It was right before.',
    limit: 'time',
    cheat: { label: 'exited-early', evidence: 'It called process.exit.' },
  };
  const { episode } = record!;
  await using run = await LoggedRun.create([
    { ...record, episode: { ...episode, reward: { ...episode.reward, ...found } } },
  ]);
  using reader = patientReader();
  const { cheat, ...told } = found;
  expect(await reader.answers.episode({ run: run.path, row: 0 })).toMatchObject({
    ...told,
    evidence: cheat.evidence,
    row: { label: cheat.label },
  });
});

test('a group is all tries of its task, and no other', async () => {
  await using run = await LoggedRun.create(episodes);
  using reader = patientReader();
  const { group } = episodes[7]!.episode;
  const told = await reader.answers.group({ run: run.path, group });
  const tries = episodes.filter(({ episode }) => episode.group === group);
  expect(told.map(({ id }) => id)).toEqual(tries.map(({ episode }) => episode.id));
});

test('what stands at the end of a log that is still being read is waited for', async () => {
  await using run = await LoggedRun.create(episodes);
  const hasty = () => new RunReader(() => {}, 0);
  const last = episodes.length - 1;
  const { id, group, taskId } = episodes[last]!.episode;
  using first = hasty();
  expect((await first.answers.episode({ run: run.path, row: last })).id).toBe(id);
  using second = hasty();
  expect((await second.answers.group({ run: run.path, group })).at(-1)?.id).toBe(id);
  using third = hasty();
  const tries = episodes.filter(({ episode }) => episode.taskId === taskId).length;
  expect((await third.answers.task({ run: run.path, task: taskId })).task.episodes).toBe(tries);
});

test('a torn last line is left out until it is whole', async () => {
  await using run = await LoggedRun.create(episodes.slice(0, 10));
  const line = linesOf([episodes[10]]);
  await run.append('episodes', line.slice(0, 40));
  using reader = patientReader();
  const before = await reader.answers.episodes({ run: run.path, query: everything });
  expect(before).toMatchObject({ episodes: 10, indexed: 1 });
  await run.append('episodes', line.slice(40));
  const after = await reader.answers.episodes({ run: run.path, query: everything });
  expect(after.episodes).toBe(11);
  expect((await reader.answers.episode({ run: run.path, row: 10 })).id).toBe(episodes[10]!.episode.id);
});

test('damaged lines are left out and counted, and the first is named', async () => {
  const [first, second] = [linesOf(episodes.slice(0, 5)), linesOf(episodes.slice(5, 9))];
  await using run = await LoggedRun.create([]);
  await run.write('episodes', `${first}{"step":\n{"step":1}\n${second}`);
  using reader = patientReader();
  const snapshot = await reader.answers.snapshot({ run: run.path });
  expect(snapshot.episodes).toBe(9);
  expect(snapshot.damaged).toEqual({
    lines: 2,
    first: `${join(run.path, 'episodes.jsonl')} at byte ${Buffer.byteLength(first)}`,
  });
  expect((await reader.answers.episode({ run: run.path, row: 8 })).id).toBe(episodes[8]!.episode.id);
});

test('a run that goes back to a checkpoint is read anew, even when it has grown past the old end since', async () => {
  await using run = await LoggedRun.create(episodes.slice(0, 50));
  using reader = patientReader();
  await reader.answers.snapshot({ run: run.path });
  const resumed = [...episodes.slice(0, 20), ...randomEpisodes(60, 2).slice(20)];
  await run.write('episodes', linesOf(resumed));
  const { rows } = await reader.answers.episodes({ run: run.path, query: everything });
  expect(rows.map(({ group }) => group)).toEqual(resumed.map(({ episode }) => episode.group));
});

test('steps are counted whatever their texts say, and whatever another version adds to them', async () => {
  const [first] = episodes;
  const written = [{ observation: [1], action: [4, 5, 6], logp: [-1, -1, -1], stop: 'length' }];
  const like = '"steps":[{"action":[1,2]}]';
  const { episode } = first!;
  const records = [
    { ...first, prompt: like, episode: { ...episode, completion: like, steps: written } },
    { ...first, episode: { ...episode, steps: [{ ...written[0], tool: [{ name: '}]', args: [1, 2] }] }] } },
    { ...first, episode: { ...episode, steps: [{ ...written[0], action: [] }] } },
    { ...first, episode: { ...episode, steps: [] } },
  ];
  await using run = await LoggedRun.create(records);
  using reader = patientReader();
  const { rows } = await reader.answers.episodes({ run: run.path, query: everything });
  expect(rows.map(({ tokens }) => tokens)).toEqual([3, 3, 0, 0]);
  expect((await reader.answers.episode({ run: run.path, row: 0 })).prompt).toBe(like);
});

test('the first rows of a long log are there before its last, and all once it is read', async () => {
  await using run = await LoggedRun.create(randomEpisodes(30_000));
  using reader = patientReader();
  const first = await reader.answers.episodes({ run: run.path, query: { ...everything, limit: 10 } });
  expect(first.rows).toHaveLength(10);
  expect(first.indexed).toBeLessThan(1);
  const sorted = { by: 'row', descending: true } as const;
  const last = await reader.answers.episodes({ run: run.path, query: { ...everything, sort: sorted } });
  expect(last).toMatchObject({ total: 30_000, indexed: 1 });
});

test('steps and evaluations are told, and what other versions add is no harm', async () => {
  await using run = await LoggedRun.create([{ ...episodes[0], later: { more: [1] } }]);
  const time = '2026-11-22T07:31:00.000Z';
  const score = { tasks: 2, samples: 8, passAt1: 0.5, ci95: [0.2, 0.8], reward: 0.6 };
  await run.append(
    'steps',
    linesOf([{ time, step: 1, metrics: { kl: null, reward: 0.5 }, timings: { a: 1 } }]),
  );
  await run.append(
    'events',
    linesOf([
      { time, event: 'paused', why: 'battery' },
      { time, event: 'imitation', examples: 3, losses: [2, 0.5] },
      { time, event: 'evaluation', step: 0, seconds: 3, scores: { train: score, heldOut: score }, more: 1 },
    ]),
  );
  using reader = patientReader();
  const snapshot = await reader.answers.snapshot({ run: run.path });
  expect(snapshot.steps).toEqual([{ time, step: 1, metrics: { kl: null, reward: 0.5 }, timings: { a: 1 } }]);
  expect(snapshot.evaluations).toMatchObject([{ step: 0, seconds: 3, scores: { heldOut: score } }]);
  expect(snapshot.imitation).toMatchObject({ examples: 3, losses: [2, 0.5] });
  expect(snapshot.episodes).toBe(1);
  expect(snapshot.damaged).toBeUndefined();
});

test('runs are listed newest first, a damaged one with its reason, and other directories not at all', async () => {
  await using run = await LoggedRun.create([], 'running');
  await mkdir(join(run.root, '2026-11-23T00-00-00'));
  await writeFile(join(run.root, '2026-11-23T00-00-00', 'run.json'), '{');
  await mkdir(join(run.root, 'notes'));
  using reader = patientReader();
  const [damaged, interrupted, ...more] = await reader.answers.list({ roots: [run.root, '/nowhere'] });
  expect(damaged).toMatchObject({ kind: 'damaged', reason: expect.stringContaining('not valid JSON') });
  expect(interrupted).toMatchObject({ kind: 'run', info: { state: 'interrupted' } });
  expect(more).toEqual([]);
});

test('whoever asks while a run is being opened hears of the same run as its follower', async () => {
  await using run = await LoggedRun.create(episodes.slice(0, 20));
  let changed: (change: RunChange) => void = () => {};
  using reader = new RunReader((change) => changed(change), 60_000);
  const asked = { run: run.path };
  await Promise.all([
    reader.answers.snapshot(asked),
    reader.answers.follow(asked),
    reader.answers.snapshot(asked),
  ]);
  const grown = new Promise<void>((resolve) => {
    changed = (change) => {
      if (change.episodes === 25) resolve();
    };
  });
  await run.append('episodes', linesOf(episodes.slice(20, 25)));
  await grown;
  expect((await reader.answers.snapshot(asked)).episodes).toBe(25);
});

test('whoever asks right after the end of a followed run is told of the end, and of every episode', async () => {
  await using run = await LoggedRun.create([]);
  await using written = await RunDirectory.create(run.root, newRun);
  using reader = patientReader();
  const asked = { run: written.path };
  await reader.answers.follow(asked);
  for (let step = 0; step < 5; step++) {
    await written.appendEpisodes(Array.from({ length: 20 }, () => episode(step)));
    const { info, episodes: told } = await reader.answers.snapshot(asked);
    expect([info.state, told]).toEqual(['running', 20 * (step + 1)]);
  }
  await written.finish('finished');
  const { info, episodes: told } = await reader.answers.snapshot(asked);
  expect([info.state, told]).toEqual(['finished', 100]);
});

test('the process tells what a followed run is appended, and answers a wrong question with a sentence', async () => {
  await using run = await LoggedRun.create(episodes.slice(0, 20));
  using server = startChildServer({
    node: process.execPath,
    script: join(import.meta.dirname, '../../../trainer/runs/main.ts'),
    onLog: (line) => console.error(line),
  });
  const { connection } = server;
  const grownTo = (count: number) =>
    new Promise<RunChange>((resolve) => {
      connection.onNotification(runChanged, (change: RunChange) => {
        if (change.episodes === count) resolve(change);
      });
    });
  const first = grownTo(20);
  await connection.sendRequest(runsRequest('follow'), { run: run.path });
  expect(await first).toMatchObject({ run: run.path, indexed: 1, state: 'finished' });
  const second = grownTo(25);
  await appendFile(join(run.path, 'episodes.jsonl'), linesOf(episodes.slice(20, 25)));
  await second;
  const page: EpisodePage = await connection.sendRequest(runsRequest('episodes'), {
    run: run.path,
    query: everything,
  });
  expect(page.rows).toHaveLength(25);
  await expect(connection.sendRequest(runsRequest('snapshot'), { run: run.root })).rejects.toThrow(
    /run\.json does not exist/,
  );
});
