/** What running sequences attend to: each its own tokens, and the prompt, alone or with the rest of its group. */
import type { Outputs } from '../graph/program.ts';
import type { Feed } from '../graph/residentTensor.ts';
import type { LlamaConfig } from '../model/config.ts';
import { KeyValueCache, type PromptCache } from './keyValueCache.ts';
import { PromptGroups } from './promptGroups.ts';

/** A prompt that was read: sequence `source` of `cache`, `length` tokens long. */
export interface ReadPrompt {
  readonly cache: PromptCache;
  readonly source: number;
  readonly length: number;
}

export interface DecodingCache extends Disposable {
  /** Takes what a run over prompts of these lengths put out. */
  readPrompts(outputs: Outputs, lengths: readonly number[]): Promise<ReadPrompt[]>;
  /** The position of the next token of `row`. */
  position(row: number): number;
  startRow(row: number, prompt: ReadPrompt): void;
  /** Takes the column that a run over the first `count` rows put out for each. */
  appendColumns(outputs: Outputs, count: number): void;
  /** Makes row `to` what row `from` is; `from` is used no more. */
  moveRow(from: number, to: number): void;
  feeds(count: number): Promise<Record<string, Feed>>;
}

const ownNames = { key: 'cachedKey', value: 'cachedValue', mask: 'mask', maskAxes: 3 };
const promptNames = { key: 'promptKey', value: 'promptValue', mask: 'promptMask', maskAxes: 4 };
/** Tokens that a sequence has room for at first. */
const firstCapacity = 32;

/** What both of the host's caches do with a run over prompts: they read it where it lies. */
const readOnHost = async ({ read }: Outputs, lengths: readonly number[]): Promise<ReadPrompt[]> =>
  lengths.map((length, source) => ({ cache: read, source, length }));

/** Each row begins with a copy of its prompt: for a prompt that one sequence continues. */
export class OwnPrompts implements DecodingCache {
  readonly #cache: KeyValueCache;
  readonly readPrompts = readOnHost;

  constructor(config: LlamaConfig, rows: number, longest: number) {
    this.#cache = new KeyValueCache(config, ownNames, rows, Math.ceil((longest + firstCapacity) / 16) * 16);
  }

  position(row: number): number {
    return this.#cache.length(row);
  }

  startRow(row: number, { cache, source, length }: ReadPrompt): void {
    this.#cache.startRow(row, cache, source, length);
  }

  appendColumns({ read }: Outputs, count: number): void {
    this.#cache.appendColumns(read, count);
  }

  moveRow(from: number, to: number): void {
    this.#cache.moveRow(from, to);
  }

  async feeds(count: number): Promise<Record<string, Feed>> {
    return this.#cache.feeds(count);
  }

  [Symbol.dispose](): void {}
}

/** Prompts stand beside the rows, once for all that continue them, and go when the last of these ends. */
export class SharedPrompts implements DecodingCache {
  readonly #own: KeyValueCache;
  readonly #prompts: KeyValueCache;
  readonly #groups = new PromptGroups();
  readonly readPrompts = readOnHost;

  constructor(config: LlamaConfig, rows: number, longest: number, prompts: number) {
    this.#own = new KeyValueCache(config, ownNames, rows, firstCapacity);
    const most = Math.min(rows, prompts) + 1;
    this.#prompts = new KeyValueCache(config, promptNames, most, Math.ceil(longest / 16) * 16);
  }

  position(row: number): number {
    return this.#groups.promptOf(row).length + this.#own.length(row);
  }

  startRow(row: number, prompt: ReadPrompt): void {
    const at = this.#groups.start(row, prompt);
    if (at !== undefined) this.#prompts.startRow(at, prompt.cache, prompt.source, prompt.length);
    this.#own.setLength(row, 0);
  }

  appendColumns({ read }: Outputs, count: number): void {
    this.#own.appendColumns(read, count);
  }

  moveRow(from: number, to: number): void {
    this.#own.moveRow(from, to);
    this.#groups.moveRow(from, to, (last, at) => this.#prompts.moveRow(last, at));
  }

  async feeds(count: number): Promise<Record<string, Feed>> {
    const groups = this.#groups.feeds(count);
    return { ...this.#own.feeds(count), ...this.#prompts.feeds(this.#groups.inUse.length), ...groups };
  }

  [Symbol.dispose](): void {}
}
