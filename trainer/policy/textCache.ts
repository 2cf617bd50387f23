/** The attention cache of one text: K key-value heads, C columns that there is room for, D numbers each. */
import type { Outputs, TensorData } from '../graph/program.ts';
import type { Feed } from '../graph/residentTensor.ts';
import { blocked } from '../learn/feeds.ts';
import type { LlamaConfig } from '../model/config.ts';

export interface TextCache extends AsyncDisposable {
  /** What `continuationGraph` reads of the cache when its first `length` columns are in use. */
  feeds(length: number): Record<string, Feed>;
  /** Keeps the first `count` of the columns that a run put out, behind the first `length`. */
  append(outputs: Outputs, length: number, count: number): Promise<void>;
}

/** Columns that the cache begins with, and that it grows by: each token attends to all of it, in use or not. */
const firstRoom = 128;
const roomStep = 64;

/** Room for `length` columns and few more. */
export function roomFor(length: number, { maxPositions }: LlamaConfig): number {
  return Math.min(maxPositions, Math.max(firstRoom, Math.ceil(length / roomStep) * roomStep));
}

/** [1, 1, 1, C]: 0 where a column is in use, blocked behind. */
export function cachedMask(capacity: number, length: number): TensorData {
  return { shape: [1, 1, 1, capacity], data: new Float32Array(capacity).fill(blocked).fill(0, 0, length) };
}

const inputs = { key: 'cachedKey', value: 'cachedValue' } as const;

/** In arrays of the host, written in place. */
export class HostTextCache implements TextCache {
  readonly #config: LlamaConfig;
  /** By kind and layer; [K, C, D] each. */
  readonly #tensors = new Map<string, Float32Array>();
  #capacity = 0;

  constructor(config: LlamaConfig) {
    this.#config = config;
    this.#grow(roomFor(0, config));
  }

  feeds(length: number): Record<string, Feed> {
    const shape = [1, this.#config.keyValueHeads, this.#capacity, this.#config.headDim];
    const feeds: Record<string, Feed> = { cachedMask: cachedMask(this.#capacity, length) };
    this.#each((kind, layer) => {
      feeds[`${inputs[kind]}.${layer}`] = { shape, data: this.#tensors.get(`${kind}.${layer}`)! };
    });
    return feeds;
  }

  async append({ read }: Outputs, length: number, count: number): Promise<void> {
    const { keyValueHeads, headDim: D } = this.#config;
    if (length + count > this.#capacity) this.#grow(roomFor(length + count, this.#config));
    this.#each((kind, layer) => {
      const { data, shape } = read[`${kind}.${layer}`]!;
      const T = shape[2]!;
      const target = this.#tensors.get(`${kind}.${layer}`)!;
      for (let head = 0; head < keyValueHeads; head++) {
        const columns = (data as Float32Array).subarray(head * T * D, (head * T + count) * D);
        target.set(columns, (head * this.#capacity + length) * D);
      }
    });
  }

  #grow(capacity: number): void {
    const { keyValueHeads, headDim } = this.#config;
    const [old, row] = [this.#capacity * headDim, capacity * headDim];
    this.#each((kind, layer) => {
      const before = this.#tensors.get(`${kind}.${layer}`);
      const after = new Float32Array(keyValueHeads * row);
      for (let head = 0; before && head < keyValueHeads; head++) {
        after.set(before.subarray(head * old, (head + 1) * old), head * row);
      }
      this.#tensors.set(`${kind}.${layer}`, after);
    });
    this.#capacity = capacity;
  }

  #each(visit: (kind: 'key' | 'value', layer: number) => void): void {
    for (let layer = 0; layer < this.#config.layers; layer++) {
      visit('key', layer);
      visit('value', layer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
