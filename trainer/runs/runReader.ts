import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { readJson } from '../files/readJson.ts';
import {
  episodeColumns,
  type RunChange,
  type RunSummary,
  type RunsCall,
  type RunsCalls,
} from '../protocol/runs.ts';
import { runFile } from './loggedRecords.ts';
import { headerOf, OpenRun } from './openRun.ts';

const keptOpen = 6;
const pollMilliseconds = 500;
const progressMilliseconds = 200;
/** Of a long log that is still being read: so many episodes say enough of a run to show it. */
const enoughEpisodes = 1000;

const range = z.tuple([z.number(), z.number()]);
const texts = z.array(z.string());
const query = z.object({
  filter: z.object({
    tasks: texts.exactOptional(),
    group: z.string().exactOptional(),
    steps: range.exactOptional(),
    reward: range.exactOptional(),
    verdicts: texts.exactOptional(),
    labels: texts.exactOptional(),
    split: z.enum(['train', 'heldOut']).exactOptional(),
    purpose: z.enum(['training', 'evaluation']).exactOptional(),
    text: z.string().exactOptional(),
  }),
  sort: z.object({ by: z.enum(episodeColumns), descending: z.boolean() }),
  offset: z.int().nonnegative(),
  limit: z.int().nonnegative().max(1000),
});
const run = z.string();

/** What each call must be asked with. */
export const asks: { readonly [Call in RunsCall]: z.ZodType<RunsCalls[Call]['asks']> } = {
  list: z.object({ roots: texts }),
  snapshot: z.object({ run }),
  episodes: z.object({ run, query }),
  episode: z.object({ run, row: z.int().nonnegative() }),
  group: z.object({ run, group: z.string() }),
  task: z.object({ run, task: z.string() }),
  follow: z.object({ run }),
  unfollow: z.object({ run }),
};

type Answers = {
  readonly [Call in RunsCall]: (asked: RunsCalls[Call]['asks']) => Promise<RunsCalls[Call]['answers']>;
};

/** Answers the calls, and tells of followed runs until it is disposed. */
export class RunReader implements Disposable {
  readonly #onChange: (change: RunChange) => void;
  readonly #patienceMilliseconds: number;
  /** By path; the one asked for last is the last. */
  readonly #open = new Map<string, OpenRun>();
  readonly #followed = new Map<string, Disposable>();

  /** @param patienceMilliseconds how long an answer waits for a large log that is still being read. */
  constructor(onChange: (change: RunChange) => void, patienceMilliseconds = 150) {
    this.#onChange = onChange;
    this.#patienceMilliseconds = patienceMilliseconds;
  }

  readonly answers: Answers = {
    list: ({ roots }) => this.#list(roots),
    // Whoever asks because a training has just ended is not told of the moment before.
    snapshot: async ({ run }) => (await this.#opened(run, { enough: enoughEpisodes, anew: true })).snapshot,
    episodes: async ({ run, query }) => {
      // In the order of the log the first rows do not wait for the last.
      const inOrder = query.sort.by === 'row' && !query.sort.descending;
      const wanted =
        inOrder && Object.keys(query.filter).length === 0 ? query.offset + query.limit : Infinity;
      return (await this.#opened(run, { enough: wanted })).query(query);
    },
    episode: async ({ run, row }) => (await this.#opened(run, { enough: row + 1 })).episode(row),
    group: async ({ run, group }) => (await this.#opened(run)).group(group),
    task: async ({ run, task }) => (await this.#opened(run)).task(task),
    follow: async ({ run }) => this.#follow(run),
    unfollow: async ({ run }) => {
      this.#followed.get(run)?.[Symbol.dispose]();
      this.#followed.delete(run);
      return null;
    },
  };

  [Symbol.dispose](): void {
    for (const follower of this.#followed.values()) follower[Symbol.dispose]();
    this.#followed.clear();
  }

  async #list(roots: readonly string[]): Promise<RunSummary[]> {
    const found = await Promise.all(
      roots.map(async (root) => {
        const names = await readdir(root).catch(() => []);
        return Promise.all(names.map((name) => summaryOf(join(root, name))));
      }),
    );
    const runs = found.flat().filter((summary) => summary !== undefined);
    return runs.sort((a, b) => (createdOf(a) < createdOf(b) ? 1 : -1));
  }

  /**
   * The run with what its logs hold by now, or, while a large one is being read, with what is known so far.
   *
   * @param enough episodes that need not be waited for longer. @param anew whether a followed run is read again too, which
   *   its follower does from time to time.
   */
  async #opened(path: string, { enough = Infinity, anew = false } = {}): Promise<OpenRun> {
    const known = this.#open.get(path);
    const opened = known ?? new OpenRun(path);
    // Before anything is waited for, so that all who ask at once get the same one.
    this.#open.delete(path);
    this.#open.set(path, opened);
    try {
      await opened.begin();
    } catch (error) {
      this.#open.delete(path);
      throw error;
    }
    for (const other of [...this.#open.keys()].slice(0, -keptOpen)) {
      if (!this.#followed.has(other)) this.#open.delete(other);
    }
    if (anew || !opened.isRead || !this.#followed.has(path)) {
      await within(this.#patienceMilliseconds, opened.catchUp(enough));
    }
    return opened;
  }

  async #follow(path: string): Promise<null> {
    if (this.#followed.has(path)) return null;
    const stop = new AbortController();
    this.#followed.set(path, { [Symbol.dispose]: () => stop.abort() });
    try {
      void this.#tellChanges(await this.#opened(path), stop.signal);
    } catch (error) {
      this.#followed.delete(path);
      throw error;
    }
    return null;
  }

  async #tellChanges(opened: OpenRun, signal: AbortSignal): Promise<void> {
    let told = '';
    const tell = () => {
      const { change } = opened;
      const text = JSON.stringify(change);
      if (signal.aborted || text === told) return;
      told = text;
      this.#onChange(change);
    };
    while (!signal.aborted) {
      const progress = setInterval(tell, progressMilliseconds);
      try {
        await opened.refresh();
        tell();
      } catch (error) {
        // A run that is being removed, or whose run.json cannot be read just now: whoever asks for it is told why.
        if (!(error instanceof HumanError)) throw error;
      } finally {
        clearInterval(progress);
      }
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds).unref());
    }
  }
}

async function summaryOf(run: string): Promise<RunSummary | undefined> {
  const path = join(run, 'run.json');
  const isRun = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isRun) return undefined;
  try {
    const file = await readJson(path, runFile, 'choose another run');
    return { kind: 'run', run, info: await headerOf(run, file) };
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return { kind: 'damaged', run, reason: error.message };
  }
}

/** Run directories are named after the time of their making, which a damaged one no longer says itself. */
const createdOf = (summary: RunSummary) =>
  summary.kind === 'run'
    ? summary.info.created.replaceAll(':', '-')
    : (summary.run.split(/[\\/]/).at(-1) ?? '');

/** Waits for `work`, but no longer than some milliseconds. @throws what `work` throws meanwhile. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  // Thrown later than that, it is thrown again at the next refreshing.
  work.catch(() => {});
  await Promise.race([work, enough]);
  clearTimeout(timer);
}
