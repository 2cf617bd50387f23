/** The attention cache of running sequences: one row each, written in place and fed to the graph without a copy. */
import type { TensorData } from '../graph/program.ts';
import { blocked } from '../learn/feeds.ts';
import type { LlamaConfig } from '../model/config.ts';

const kinds = ['key', 'value'] as const;
type Kind = (typeof kinds)[number];

/** Keys and values of prompts, as a graph put them out: `key.<layer>` and `value.<layer>`, [B, K, T, D]. */
export type PromptCache = Readonly<Record<string, TensorData>>;

/** What the graph calls its inputs: keys, values, and the mask with its axes before the tokens. */
export interface CacheNames {
  readonly key: string;
  readonly value: string;
  readonly mask: string;
  readonly maskAxes: number;
}

export class KeyValueCache {
  readonly #config: LlamaConfig;
  readonly #names: CacheNames;
  readonly #rows: number;
  #capacity: number;
  /** By kind and layer; [rows, K, C, D] each, C being the capacity. */
  readonly #tensors = new Map<string, Float32Array>();
  #mask: Float32Array;
  /** Tokens in use, by row. */
  readonly #lengths: number[];

  /** Room for `rows` sequences of `capacity` tokens, and of more once they are there. */
  constructor(config: LlamaConfig, names: CacheNames, rows: number, capacity: number) {
    this.#config = config;
    this.#names = names;
    this.#rows = rows;
    this.#capacity = capacity;
    this.#lengths = Array(rows).fill(0);
    this.#mask = new Float32Array(rows * capacity).fill(blocked);
    this.#each((kind, layer) => {
      this.#tensors.set(`${kind}.${layer}`, new Float32Array(rows * this.#rowSize(capacity)));
    });
  }

  length(row: number): number {
    return this.#lengths[row]!;
  }

  /** Starts `row` with the first `length` tokens of sequence `source` of a prompt's cache. */
  startRow(row: number, prompt: PromptCache, source: number, length: number): void {
    this.#makeRoom(length);
    const { keyValueHeads: K, headDim: D } = this.#config;
    this.#each((kind, layer) => {
      const target = this.#tensors.get(`${kind}.${layer}`)!;
      const { data, shape } = prompt[`${kind}.${layer}`]!;
      const T = shape[2]!;
      for (let head = 0; head < K; head++) {
        const begin = (source * K + head) * T * D;
        const columns = (data as Float32Array).subarray(begin, begin + length * D);
        target.set(columns, (row * K + head) * this.#capacity * D);
      }
    });
    this.setLength(row, length);
  }

  /** Adds one column, sequence i's to row i, for the first `count` rows. */
  appendColumns(columns: PromptCache, count: number): void {
    this.#makeRoom(1 + Math.max(...this.#lengths.slice(0, count)));
    const { keyValueHeads: K, headDim: D } = this.#config;
    this.#each((kind, layer) => {
      const target = this.#tensors.get(`${kind}.${layer}`)!;
      const data = columns[`${kind}.${layer}`]!.data as Float32Array;
      for (let part = 0; part < count * K; part++) {
        const to = (part * this.#capacity + this.#lengths[Math.floor(part / K)]!) * D;
        // Number by number: for so few, views and `set` take three times as long.
        for (let i = 0; i < D; i++) target[to + i] = data[part * D + i]!;
      }
    });
    for (let row = 0; row < count; row++) this.#mask[row * this.#capacity + this.#lengths[row]!++] = 0;
  }

  /** Makes row `to` what row `from` is. */
  moveRow(from: number, to: number): void {
    if (from === to) return;
    const size = this.#rowSize(this.#capacity);
    for (const tensor of this.#tensors.values()) tensor.copyWithin(to * size, from * size, (from + 1) * size);
    this.setLength(to, this.#lengths[from]!);
  }

  /** How many tokens of the row are in use: what stands there already, or will be written. */
  setLength(row: number, length: number): void {
    this.#lengths[row] = length;
    const begin = row * this.#capacity;
    this.#mask.fill(0, begin, begin + length).fill(blocked, begin + length, begin + this.#capacity);
  }

  /** Graph inputs for the first `count` rows: views, not copies. */
  feeds(count: number): Record<string, TensorData> {
    const { keyValueHeads: K, headDim: D } = this.#config;
    const C = this.#capacity;
    const axes = Array<number>(this.#names.maskAxes - 1).fill(1);
    const feeds: Record<string, TensorData> = {
      [this.#names.mask]: { shape: [count, ...axes, C], data: this.#mask.subarray(0, count * C) },
    };
    this.#each((kind, layer) => {
      const data = this.#tensors.get(`${kind}.${layer}`)!.subarray(0, count * K * C * D);
      feeds[`${this.#names[kind]}.${layer}`] = { shape: [count, K, C, D], data };
    });
    return feeds;
  }

  /** Doubles the capacity until `length` tokens fit: a graph reads all of it, so that it should be no larger. */
  #makeRoom(length: number): void {
    const { keyValueHeads: K, headDim: D } = this.#config;
    const before = this.#capacity;
    while (this.#capacity < length) this.#capacity *= 2;
    if (this.#capacity === before) return;
    for (const [name, old] of this.#tensors) {
      const tensor = new Float32Array(this.#rows * this.#rowSize(this.#capacity));
      for (let part = 0; part < this.#rows * K; part++) {
        tensor.set(old.subarray(part * before * D, (part + 1) * before * D), part * this.#capacity * D);
      }
      this.#tensors.set(name, tensor);
    }
    this.#mask = new Float32Array(this.#rows * this.#capacity);
    for (const [row, used] of this.#lengths.entries()) this.setLength(row, used);
  }

  #each(visit: (kind: Kind, layer: number) => void): void {
    for (let layer = 0; layer < this.#config.layers; layer++) for (const kind of kinds) visit(kind, layer);
  }

  #rowSize(capacity: number): number {
    return this.#config.keyValueHeads * capacity * this.#config.headDim;
  }
}
