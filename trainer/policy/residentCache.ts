/**
 * The attention cache of running sequences in a device's memory: keys and values go from the programs that make them to
 * the one that attends to them and never through the host, which only counts where each sequence stands.
 *
 * Axis letters: B sequences, A prompts that were read, G prompts in use of up to P tokens, C tokens that a sequence has
 * room for, K key-value heads, D head size.
 */
import type { Outputs } from '../graph/program.ts';
import { disposeAll, type Feed, type ResidentTensors } from '../graph/residentTensor.ts';
import { blocked, int64 } from '../learn/feeds.ts';
import { type CachePrograms, tensorNames } from './cachePrograms.ts';
import type { DecodingCache, ReadPrompt } from './decodingCache.ts';
import { PromptGroups } from './promptGroups.ts';

/** Prompts stand beside the rows, as in `SharedPrompts`; all are read at one length, P. */
export class ResidentPrompts implements DecodingCache {
  readonly #programs: CachePrograms;
  readonly #groups = new PromptGroups();
  /** Of all prompts, and of those in use. */
  #all: ResidentTensors | undefined;
  #read = 0;
  #promptLength = 0;
  #chosen: ResidentTensors | undefined;
  #chosenPrompts: readonly ReadPrompt[] = [];
  /** [B, K, C, D] each, with the columns that are still to be written, one for each of B rows. */
  #own: ResidentTensors | undefined;
  #columns: ResidentTensors | undefined;
  #columnAt: number[] = [];
  #capacity = 1;
  /** By row: tokens of its own, and which row of `#own` it will be. */
  readonly #lengths: number[] = [];
  #order: number[] = [];

  constructor(programs: CachePrograms) {
    this.#programs = programs;
  }

  async readPrompts({ kept }: Outputs, lengths: readonly number[]): Promise<ReadPrompt[]> {
    const before = this.#read;
    this.#read += lengths.length;
    this.#promptLength = kept.values().next().value!.shape[2]!;
    const joined = this.#all && (await this.#programs.run('join', { first: this.#all, second: kept }));
    if (joined) {
      disposeAll(this.#all);
      disposeAll(kept);
    }
    this.#all = joined ?? kept;
    return lengths.map((length, i) => ({ cache: {}, source: before + i, length }));
  }

  position(row: number): number {
    return this.#groups.promptOf(row).length + this.#lengths[row]!;
  }

  startRow(row: number, prompt: ReadPrompt): void {
    this.#groups.start(row, prompt);
    this.#lengths[row] = 0;
    this.#order[row] = 0;
  }

  appendColumns({ kept }: Outputs, count: number): void {
    this.#columns = kept;
    this.#columnAt = this.#lengths.slice(0, count);
    for (let row = 0; row < count; row++) this.#lengths[row]!++;
  }

  moveRow(from: number, to: number): void {
    this.#groups.moveRow(from, to);
    this.#lengths[to] = this.#lengths[from]!;
    this.#order[to] = this.#order[from]!;
  }

  async feeds(count: number): Promise<Record<string, Feed>> {
    await this.#write(count);
    await this.#choosePrompts();
    const [C, P, prompts] = [this.#capacity, this.#promptLength, this.#chosenPrompts];
    const lengths = prompts.map(({ length }) => length);
    return {
      ...named('cached', this.#own!),
      ...named('prompt', this.#chosen!),
      mask: maskOf([count, 1, 1, C], this.#lengths.slice(0, count)),
      promptMask: maskOf([prompts.length, 1, 1, 1, P], lengths),
      ...this.#groups.feeds(count),
    };
  }

  /** Writes the columns that wait, and brings the rows into their new order. */
  async #write(count: number): Promise<void> {
    const order = this.#order.slice(0, count);
    this.#order = [...Array(count).keys()];
    if (!this.#columns) {
      this.#own = await this.#zeros(count);
      return;
    }
    const [at, longest] = [this.#columnAt, Math.max(...this.#columnAt)];
    while (this.#capacity <= longest) await this.#replaceOwn('grow', { cached: this.#own! });
    const [B, C] = [at.length, this.#capacity];
    const fresh = { shape: [B, 1, C, 1], data: new Float32Array(B * C) };
    for (const [row, column] of at.entries()) fresh.data[row * C + column] = 1;
    const others = { fresh, order: int64([count], (row) => order[row]!) };
    await this.#replaceOwn('append', { cached: this.#own!, column: this.#columns }, others);
    disposeAll(this.#columns);
    this.#columns = undefined;
  }

  async #replaceOwn(...change: Parameters<CachePrograms['run']>): Promise<void> {
    const before = this.#own;
    this.#own = await this.#programs.run(...change);
    disposeAll(before);
    if (change[0] === 'grow') this.#capacity *= 2;
  }

  /** Room for one token a row: the only keys and values that come from the host. */
  async #zeros(rows: number): Promise<ResidentTensors> {
    const { config } = this.#programs;
    const { keyValueHeads: K, headDim: D } = config;
    const shape = [rows, K, 1, D];
    const zeros = { shape, data: new Float32Array(rows * K * D) };
    const column = new Map(tensorNames(config).map((name) => [name, zeros]));
    const others = {
      fresh: { shape: [rows, 1, 1, 1], data: new Float32Array(rows).fill(1) },
      order: int64([rows], (row) => row),
    };
    return this.#programs.run('append', { cached: column, column }, others);
  }

  async #choosePrompts(): Promise<void> {
    const { inUse } = this.#groups;
    const same = inUse.length === this.#chosenPrompts.length;
    if (same && inUse.every((prompt, at) => prompt === this.#chosenPrompts[at])) return;
    const chosen = int64([inUse.length], (at) => inUse[at]!.source);
    const before = this.#chosen;
    this.#chosen = await this.#programs.run('choose', { all: this.#all! }, { chosen });
    this.#chosenPrompts = [...inUse];
    disposeAll(before);
  }

  [Symbol.dispose](): void {
    for (const tensors of [this.#all, this.#chosen, this.#own, this.#columns]) disposeAll(tensors);
  }
}

/** `key.3` → `cachedKey.3`. */
export const named = (prefix: string, tensors: ReadonlyMap<string, Feed>): Record<string, Feed> =>
  Object.fromEntries(
    [...tensors].map(([name, tensor]) => [`${prefix}${name[0]!.toUpperCase()}${name.slice(1)}`, tensor]),
  );

/** 0 for the first `lengths[row]` of each row, blocked behind them. */
function maskOf(shape: readonly number[], lengths: readonly number[]) {
  const width = shape.at(-1)!;
  const data = new Float32Array(lengths.length * width).fill(blocked);
  for (const [row, length] of lengths.entries()) data.fill(0, row * width, row * width + length);
  return { shape, data };
}
