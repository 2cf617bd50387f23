/** What running sequences attend to: each its own tokens, and the prompt, alone or with the rest of its group. */
import type { TensorData } from '../graph/program.ts';
import { int64 } from '../learn/feeds.ts';
import type { LlamaConfig } from '../model/config.ts';
import { KeyValueCache, type PromptCache } from './keyValueCache.ts';

/** A prompt that was read: sequence `source` of `cache`, `length` tokens long. */
export interface ReadPrompt {
  readonly cache: PromptCache;
  readonly source: number;
  readonly length: number;
}

export interface DecodingCache {
  /** The position of the next token of `row`. */
  position(row: number): number;
  startRow(row: number, prompt: ReadPrompt): void;
  appendColumns(columns: PromptCache, count: number): void;
  /** Makes row `to` what row `from` is; `from` is used no more. */
  moveRow(from: number, to: number): void;
  feeds(count: number): Record<string, TensorData>;
}

const ownNames = { key: 'cachedKey', value: 'cachedValue', mask: 'mask', maskAxes: 3 };
const promptNames = { key: 'promptKey', value: 'promptValue', mask: 'promptMask', maskAxes: 4 };
/** Tokens that a sequence has room for at first. */
const firstCapacity = 32;

/** Each row begins with a copy of its prompt: for a prompt that one sequence continues. */
export class OwnPrompts implements DecodingCache {
  readonly #cache: KeyValueCache;

  constructor(config: LlamaConfig, rows: number, longest: number) {
    this.#cache = new KeyValueCache(config, ownNames, rows, Math.ceil((longest + firstCapacity) / 16) * 16);
  }

  position(row: number): number {
    return this.#cache.length(row);
  }

  startRow(row: number, { cache, source, length }: ReadPrompt): void {
    this.#cache.startRow(row, cache, source, length);
  }

  appendColumns(columns: PromptCache, count: number): void {
    this.#cache.appendColumns(columns, count);
  }

  moveRow(from: number, to: number): void {
    this.#cache.moveRow(from, to);
  }

  feeds(count: number): Record<string, TensorData> {
    return this.#cache.feeds(count);
  }
}

/** Prompts stand beside the rows, once for all that continue them, and go when the last of these ends. */
export class SharedPrompts implements DecodingCache {
  readonly #own: KeyValueCache;
  readonly #prompts: KeyValueCache;
  /** The prompts in use, in their order in the cache. */
  readonly #inUse: ReadPrompt[] = [];
  readonly #promptOf: ReadPrompt[] = [];

  constructor(config: LlamaConfig, rows: number, longest: number, prompts: number) {
    this.#own = new KeyValueCache(config, ownNames, rows, firstCapacity);
    const most = Math.min(rows, prompts) + 1;
    this.#prompts = new KeyValueCache(config, promptNames, most, Math.ceil(longest / 16) * 16);
  }

  position(row: number): number {
    return this.#promptOf[row]!.length + this.#own.length(row);
  }

  startRow(row: number, prompt: ReadPrompt): void {
    if (!this.#inUse.includes(prompt)) {
      const at = this.#inUse.push(prompt) - 1;
      this.#prompts.startRow(at, prompt.cache, prompt.source, prompt.length);
    }
    this.#promptOf[row] = prompt;
    this.#own.setLength(row, 0);
  }

  appendColumns(columns: PromptCache, count: number): void {
    this.#own.appendColumns(columns, count);
  }

  moveRow(from: number, to: number): void {
    this.#own.moveRow(from, to);
    const moved = this.#promptOf[from]!;
    this.#promptOf.length = from;
    if (from !== to) this.#promptOf[to] = moved;
    this.#dropUnused();
  }

  feeds(count: number): Record<string, TensorData> {
    const G = this.#inUse.length;
    const members = Map.groupBy(Array(count).keys(), (row) => this.#inUse.indexOf(this.#promptOf[row]!));
    const n = Math.max(...[...members.values()].map(({ length }) => length));
    const places = new Array<number>(count);
    for (const [group, rows] of members) for (const [at, row] of rows.entries()) places[row] = group * n + at;
    return {
      ...this.#own.feeds(count),
      ...this.#prompts.feeds(G),
      slots: int64([G, n], (i) => members.get(Math.floor(i / n))?.[i % n] ?? 0),
      places: int64([count], (row) => places[row]!),
      width: { shape: [G, 1, n, 1, 1], data: new Float32Array(G * n) },
      flatWidth: { shape: [G * n, 1, 1, 1], data: new Float32Array(G * n) },
    };
  }

  #dropUnused(): void {
    for (let at = this.#inUse.length - 1; at >= 0; at--) {
      if (this.#promptOf.includes(this.#inUse[at]!)) continue;
      const last = this.#inUse.length - 1;
      this.#prompts.moveRow(last, at);
      this.#inUse[at] = this.#inUse[last]!;
      this.#inUse.pop();
    }
  }
}
