import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { readJson } from '../files/readJson.ts';
import type {
  EpisodeDetail,
  EpisodePage,
  EpisodeQuery,
  EvaluationPoint,
  Imitation,
  RunChange,
  RunHeader,
  RunSnapshot,
  StepPoint,
  TaskHistory,
} from '../protocol/runs.ts';
import { Lock } from '../run/lock.ts';
import { logPath } from '../run/logPath.ts';
import { readTokens } from './actionTokens.ts';
import { detailOf } from './episodeDetail.ts';
import { EpisodeIndex } from './episodeIndex.ts';
import { rowsOf } from './episodeQuery.ts';
import { LineTail, type OnLine } from './lineTail.ts';
import {
  indexedEpisode,
  type KeptTask,
  keptTasks,
  loggedEvent,
  loggedStep,
  type RunFile,
  runFile,
} from './loggedRecords.ts';
import { taskPoints, taskSummaries } from './taskStatistics.ts';
import { thinLine } from './thinLine.ts';

/** A run directory that is being looked at; whether anybody writes it meanwhile makes no difference. */
export class OpenRun {
  readonly path: string;
  #file: RunFile | undefined;
  #header: RunHeader | undefined;
  #tasks: ReadonlyMap<string, KeptTask> = new Map();
  #index = new EpisodeIndex();
  #steps: StepPoint[] = [];
  #evaluations: EvaluationPoint[] = [];
  #imitation: Imitation | null = null;
  readonly #damaged = new Map<string, { lines: number; first: string }>();
  readonly #tails: Readonly<Record<'episodes' | 'steps' | 'events', LineTail>>;
  /** The rows of the last query, which its other pages are cut from. */
  #lastQuery: { readonly key: string; readonly rows: Uint32Array } | undefined;
  #isRead = false;
  /** Who waits for so many episodes of a first reading. */
  #awaited: { readonly rows: number; readonly resolve: () => void }[] = [];
  #begun: Promise<void> | undefined;
  #reading: Promise<void> | undefined;

  constructor(path: string) {
    this.path = path;
    this.#tails = {
      episodes: new LineTail(logPath(path, 'episodes')),
      steps: new LineTail(logPath(path, 'steps')),
      events: new LineTail(logPath(path, 'events')),
    };
  }

  /**
   * Reads what was added since the last time. Whoever asks while a reading goes on waits for that one.
   *
   * @throws HumanError when there is no run here, or its run.json is damaged.
   */
  refresh(signal?: AbortSignal): Promise<void> {
    this.#reading ??= this.#read(signal).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Whether the logs have been read to their end, at least once. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /**
   * Resolves once all is read that stands in the logs now, also what a reading that began before may have missed; but when
   * they are read for the first time, as soon as so many episodes are known.
   *
   * @throws HumanError as `refresh` does.
   */
  async catchUp(enough: number): Promise<void> {
    if (this.#isRead) {
      await this.#reading;
      return this.refresh();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaited.push({ rows: enough, resolve });
    this.#tellKnown();
    await Promise.race([this.refresh(), promise]);
  }

  /** Resolves once it is known what run this is. @throws HumanError as `refresh` does. */
  begin(): Promise<void> {
    this.#begun ??= this.#readInfo();
    return this.#begun;
  }

  async #readInfo(): Promise<void> {
    this.#file = await readJson(join(this.path, 'run.json'), runFile, 'choose another run');
    this.#header = await headerOf(this.path, this.#file);
    if (this.#tasks.size === 0) this.#tasks = await readTasks(this.path);
  }

  async #read(signal: AbortSignal | undefined): Promise<void> {
    await this.#readInfo();
    await this.#tails.steps.read(
      this.#parse('steps.jsonl', loggedStep, (step) => this.#steps.push(step)),
      () => this.#restart('steps.jsonl', () => (this.#steps = [])),
      signal,
    );
    await this.#tails.events.read(
      this.#parse('events.jsonl', loggedEvent, (event) => {
        if (event.event === 'evaluation') this.#evaluations.push(event);
        if (event.event === 'imitation') this.#imitation = event;
      }),
      () =>
        this.#restart('events.jsonl', () => {
          this.#evaluations = [];
          this.#imitation = null;
        }),
      signal,
    );
    await this.#tails.episodes.read(
      this.#parseEpisode,
      () => this.#restart('episodes.jsonl', () => (this.#index = new EpisodeIndex())),
      signal,
    );
    this.#isRead = true;
    this.#awaited = [];
  }

  get change(): RunChange {
    return {
      run: this.path,
      episodes: this.#index.length,
      steps: this.#steps.length,
      state: this.#known.header.state,
      indexed: this.#tails.episodes.share,
    };
  }

  get snapshot(): RunSnapshot {
    const { file, header } = this.#known;
    const damage = [...this.#damaged.values()];
    return {
      run: this.path,
      info: header,
      config: file.config,
      versions: file.versions,
      steps: this.#steps,
      evaluations: this.#evaluations,
      imitation: this.#imitation,
      tasks: taskSummaries(this.#index, this.#tasks),
      verdicts: [...this.#index.verdict.texts].sort(),
      labels: [...this.#index.label.texts].sort(),
      episodes: this.#index.length,
      indexed: this.#tails.episodes.share,
      ...(damage.length === 0
        ? {}
        : { damaged: { lines: damage.reduce((sum, { lines }) => sum + lines, 0), first: damage[0]!.first } }),
    };
  }

  query({ filter, sort, offset, limit }: EpisodeQuery): EpisodePage {
    const key = JSON.stringify([filter, sort, this.#index.length]);
    if (this.#lastQuery?.key !== key) this.#lastQuery = { key, rows: rowsOf(this.#index, { filter, sort }) };
    const { rows } = this.#lastQuery;
    return {
      total: rows.length,
      episodes: this.#index.length,
      indexed: this.#tails.episodes.share,
      rows: Array.from(rows.subarray(offset, offset + limit), (row) => this.#index.row(row)),
    };
  }

  /** @throws HumanError when the run has no such row, or its line can no longer be read. */
  async episode(row: number): Promise<EpisodeDetail> {
    const line = await this.#line(row);
    const tokens = await readTokens(this.#known.file.model);
    const indexed = this.#index.row(row);
    return detailOf(indexed, line, this.#tasks.get(indexed.task), tokens);
  }

  async group(group: string): Promise<EpisodeDetail[]> {
    await this.#reading;
    const { rows } = this.query({
      filter: { group },
      sort: { by: 'row', descending: false },
      offset: 0,
      limit: 1000,
    });
    return Promise.all(rows.map(({ row }) => this.episode(row)));
  }

  /** @throws HumanError when the run has no such task. */
  async task(id: string): Promise<TaskHistory> {
    await this.#reading;
    const task = taskSummaries(this.#index, this.#tasks).find((summary) => summary.id === id);
    if (!task) throw new HumanError(`The run ${this.path} has no task ${id}: choose another.`);
    const kept = this.#tasks.get(id);
    return {
      task,
      header: kept?.header ?? null,
      original: kept?.body ?? null,
      points: taskPoints(this.#index, id),
    };
  }

  get #known(): { readonly file: RunFile; readonly header: RunHeader } {
    if (!this.#file || !this.#header) throw new Error(`${this.path} has not been read.`);
    return { file: this.#file, header: this.#header };
  }

  async #line(row: number): Promise<string> {
    const gone = `The run ${this.path} has no episode ${row}: it may have gone back to a checkpoint.`;
    if (row >= this.#index.length) await this.#reading;
    if (row >= this.#index.length) throw new HumanError(gone);
    await using file = await open(logPath(this.path, 'episodes'), 'r');
    const buffer = Buffer.alloc(this.#index.bytes.at(row));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, this.#index.offset.at(row));
    if (bytesRead < buffer.length) throw new HumanError(gone);
    return buffer.toString('utf8');
  }

  readonly #parseEpisode: OnLine = (line, offset) => {
    const thin = thinLine(line);
    const record = thin && indexedEpisode.safeParse(parsed(thin.json));
    if (record?.success) this.#index.add(record.data, thin!.tokens, offset, line.length);
    else this.#parseWholeEpisode(line, offset);
    this.#tellKnown();
  };

  /** Whatever another version writes. */
  readonly #parseWholeEpisode: OnLine = this.#parse(
    'episodes.jsonl',
    indexedEpisode,
    (record, offset, bytes) => {
      const tokens = record.episode.steps.reduce((sum, { action }) => sum + action.length, 0);
      this.#index.add(record, tokens, offset, bytes);
    },
  );

  #tellKnown(): void {
    if (this.#awaited.length === 0) return;
    const known = this.#index.length;
    for (const { rows, resolve } of this.#awaited) if (rows <= known) resolve();
    this.#awaited = this.#awaited.filter(({ rows }) => rows > known);
  }

  #parse<S extends z.ZodType>(
    log: string,
    schema: S,
    take: (record: z.output<S>, offset: number, bytes: number) => void,
  ): OnLine {
    return (line, offset) => {
      const record = schema.safeParse(parsed(line.toString('utf8')));
      if (record.success) take(record.data, offset, line.length);
      else this.#noteDamage(log, offset);
    };
  }

  #noteDamage(log: string, offset: number): void {
    const damage = this.#damaged.get(log);
    if (damage) damage.lines++;
    else this.#damaged.set(log, { lines: 1, first: `${join(this.path, log)} at byte ${offset}` });
  }

  #restart(log: string, forget: () => void): void {
    this.#damaged.delete(log);
    this.#lastQuery = undefined;
    forget();
  }
}

/** Undefined, which is no record, for what is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export async function headerOf(path: string, file: RunFile): Promise<RunHeader> {
  const { id, created, workspace, model, status } = file;
  const interrupted = status.state === 'running' && !(await Lock.isHeld(path));
  return {
    id,
    created,
    workspace,
    model,
    state: interrupted ? 'interrupted' : status.state,
    ...(status.reason === undefined ? {} : { reason: status.reason }),
    since: status.time,
  };
}

/** The tasks that a run keeps; none for a run of a version that kept none, or whose file cannot be read. */
async function readTasks(run: string): Promise<ReadonlyMap<string, KeptTask>> {
  const text = await readFile(join(run, 'tasks.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Map();
  }
  const kept = keptTasks.safeParse(value);
  return new Map(kept.data?.tasks.map((task) => [task.id, task]));
}
