/**
 * What it takes to look at a run of 100,000 episodes: from a cold start of the reader's process to the first rows of the
 * table, and to all of them, filtered and sorted. The peer is a process that reads the log in the plain way: every line
 * through JSON.parse into one array, which is then filtered and sorted.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ReaderClient } from '../../../extension/panel/readerClient.ts';
import type { EpisodeQuery } from '../../../trainer/protocol.ts';
import { compare, type Measure } from '../figure.ts';
import { writeLongRun } from '../longRun.ts';

const episodes = 100_000;
const script = join(import.meta.dirname, '../../../dist/runReader.cjs');
const query = (change: Partial<EpisodeQuery> = {}): EpisodeQuery => ({
  filter: {},
  sort: { by: 'row', descending: false },
  offset: 0,
  limit: 100,
  ...change,
});

export async function* figures() {
  const directory = await mkdtemp(join(tmpdir(), 'reinforce-bench-'));
  try {
    const run = join(directory, 'run');
    await writeLongRun(run, episodes);
    const naive = join(directory, 'naive.mjs');
    await writeFile(naive, naiveReader(join(run, 'episodes.jsonl')));
    const peer = {
      name: 'JSON.parse of every line',
      measure: timed(() => promisify(execFile)(process.execPath, [naive])),
    };
    const unit = 's';
    const better = 'lower';
    yield await compare({
      figure: 'first rows of 100,000',
      unit,
      better,
      peer,
      ours: timed(() => firstRows(run)),
    });
    yield await compare({
      figure: 'all 100,000, sorted',
      unit,
      better,
      peer,
      ours: timed(() => allSorted(run)),
    });
    yield* await answers(run);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function firstRows(run: string): Promise<void> {
  using reader = openReader();
  for (;;) {
    const { rows } = await reader.ask('episodes', { run, query: query() });
    if (rows.length > 0) return;
  }
}

async function allSorted(run: string): Promise<void> {
  using reader = openReader();
  await whole(reader, run);
  await reader.ask('episodes', { run, query: query({ sort: { by: 'reward', descending: true } }) });
}

/** Once a run is open: what scrolling and searching wait for. */
async function answers(run: string) {
  using reader = openReader();
  await whole(reader, run);
  let asked = 0;
  const next = () => {
    asked++;
    return (asked * 7919) % episodes;
  };
  const page = () => reader.ask('episodes', { run, query: query({ offset: next() }) });
  const search = () => {
    const text = `n ${next() % 10}`;
    return reader.ask('episodes', { run, query: query({ filter: { text } }) });
  };
  return [
    await compare({ figure: '100 rows further on', unit: 's', better: 'lower', ours: timed(page) }),
    await compare({ figure: 'search of all texts', unit: 's', better: 'lower', ours: timed(search) }),
  ];
}

/** Waits until the whole log has been read. */
async function whole(reader: ReaderClient, run: string): Promise<void> {
  for (;;) {
    // Sorted, so that the answer waits for more to be read.
    const sorted = query({ limit: 1, sort: { by: 'reward', descending: true } });
    const { indexed, episodes: known } = await reader.ask('episodes', { run, query: sorted });
    if (indexed === 1 && known === episodes) return;
  }
}

const openReader = () =>
  new ReaderClient({ node: () => process.execPath, script, onLog: console.error, onChange: () => {} });

const timed =
  (action: () => Promise<unknown>): Measure =>
  async () => {
    const start = performance.now();
    await action();
    return (performance.now() - start) / 1000;
  };

const naiveReader = (log: string) => `
  import { readFileSync } from 'node:fs';
  const lines = readFileSync(${JSON.stringify(log)}, 'utf8').split('\\n');
  const episodes = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  episodes.sort((a, b) => b.episode.reward.value - a.episode.reward.value);
  console.log(JSON.stringify(episodes.slice(0, 100)).length);
`;
