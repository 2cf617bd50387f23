/** The attention cache of running sequences: one row each, written in place and fed to the graph without a copy. */
import type { TensorData } from '../graph/program.ts';
import { blocked } from '../learn/feeds.ts';
import type { LlamaConfig } from '../model/config.ts';

const kinds = ['key', 'value'] as const;
const inputName = { key: 'cachedKey', value: 'cachedValue' } as const;

/** Keys and values of prompts, as a graph put them out: `key.<layer>` and `value.<layer>`, [B, K, T, D]. */
export type PromptCache = Readonly<Record<string, TensorData>>;

export class KeyValueCache {
  readonly #config: LlamaConfig;
  readonly #capacity: number;
  /** By graph input; [rows, K, C, D] each, C being the capacity. */
  readonly #tensors = new Map<string, Float32Array>();
  readonly #mask: Float32Array;
  /** Tokens in use, by row. */
  readonly #lengths: number[];

  /** Room for `rows` sequences of up to `capacity` tokens. */
  constructor(config: LlamaConfig, rows: number, capacity: number) {
    this.#config = config;
    this.#capacity = capacity;
    this.#lengths = Array(rows).fill(0);
    this.#mask = new Float32Array(rows * capacity).fill(blocked);
    for (let layer = 0; layer < config.layers; layer++) {
      for (const kind of kinds) {
        const size = rows * config.keyValueHeads * capacity * config.headDim;
        this.#tensors.set(`${inputName[kind]}.${layer}`, new Float32Array(size));
      }
    }
  }

  length(row: number): number {
    return this.#lengths[row]!;
  }

  /** Starts `row` with the first `length` tokens of sequence `source` of a prompt's cache. */
  startRow(row: number, prompt: PromptCache, source: number, length: number): void {
    this.#write(row, prompt, source, 0, length);
    this.#setLength(row, length);
  }

  /** Adds one column, sequence i's to row i, for the first `count` rows. */
  appendColumns(columns: PromptCache, count: number): void {
    for (let row = 0; row < count; row++) {
      const at = this.#lengths[row]!;
      this.#write(row, columns, row, at, 1);
      this.#lengths[row] = at + 1;
      this.#mask[row * this.#capacity + at] = 0;
    }
  }

  /** Makes row `to` what row `from` is. */
  moveRow(from: number, to: number): void {
    if (from === to) return;
    const { keyValueHeads, headDim } = this.#config;
    const size = keyValueHeads * this.#capacity * headDim;
    for (const tensor of this.#tensors.values()) tensor.copyWithin(to * size, from * size, (from + 1) * size);
    this.#setLength(to, this.#lengths[from]!);
  }

  /** Graph inputs for the first `count` rows: views, not copies. */
  feeds(count: number): Record<string, TensorData> {
    const { keyValueHeads: K, headDim: D } = this.#config;
    const C = this.#capacity;
    const feeds: Record<string, TensorData> = {
      mask: { shape: [count, 1, 1, C], data: this.#mask.subarray(0, count * C) },
    };
    for (const [name, tensor] of this.#tensors) {
      feeds[name] = { shape: [count, K, C, D], data: tensor.subarray(0, count * K * C * D) };
    }
    return feeds;
  }

  #write(row: number, from: PromptCache, source: number, at: number, length: number): void {
    const { layers, keyValueHeads: K, headDim: D } = this.#config;
    for (let layer = 0; layer < layers; layer++) {
      for (const kind of kinds) {
        const target = this.#tensors.get(`${inputName[kind]}.${layer}`)!;
        const { data, shape } = from[`${kind}.${layer}`]!;
        const T = shape[2]!;
        for (let head = 0; head < K; head++) {
          const begin = (source * K + head) * T * D;
          const column = (data as Float32Array).subarray(begin, begin + length * D);
          target.set(column, ((row * K + head) * this.#capacity + at) * D);
        }
      }
    }
  }

  #setLength(row: number, length: number): void {
    this.#lengths[row] = length;
    const begin = row * this.#capacity;
    this.#mask.fill(0, begin, begin + length).fill(blocked, begin + length, begin + this.#capacity);
  }
}
