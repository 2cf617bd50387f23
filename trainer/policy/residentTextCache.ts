import type { CompileOptions, Outputs } from '../graph/program.ts';
import { disposeAll, type Feed, type ResidentTensors } from '../graph/residentTensor.ts';
import { int64 } from '../learn/feeds.ts';
import type { LlamaConfig } from '../model/config.ts';
import { CachePrograms, tensorNames } from './cachePrograms.ts';
import { named } from './residentCache.ts';
import { cachedMask, roomFor, type TextCache } from './textCache.ts';

/** In a device's memory, where a text's keys and values are made and attended to: none of them goes through the host. */
export class ResidentTextCache implements TextCache {
  readonly #config: LlamaConfig;
  readonly #programs: CachePrograms;
  /** One column, which is never in use: what there is before anything was read. */
  readonly #nothing: ReadonlyMap<string, Feed>;
  #tensors: ResidentTensors | undefined;
  #capacity = 1;

  constructor(config: LlamaConfig, options: CompileOptions) {
    const { keyValueHeads: K, headDim: D } = config;
    this.#config = config;
    this.#programs = new CachePrograms(config, options);
    const zeros = { shape: [1, K, 1, D], data: new Float32Array(K * D) };
    this.#nothing = new Map(tensorNames(config).map((name) => [name, zeros]));
  }

  feeds(length: number): Record<string, Feed> {
    return {
      ...named('cached', this.#tensors ?? this.#nothing),
      cachedMask: cachedMask(this.#capacity, length),
    };
  }

  async append({ kept }: Outputs, length: number, count: number): Promise<void> {
    const { keyValueHeads: K } = this.#config;
    const [before, C] = [this.#tensors, this.#capacity];
    const all = C + kept.values().next().value!.shape[2]!;
    this.#capacity = Math.max(C, roomFor(length + count, this.#config));
    const isNew = (column: number) => column >= length && column < length + count;
    // What is behind the text is never looked at, and may be anything.
    const source = (column: number) => (isNew(column) ? C + column - length : Math.min(column, C - 1));
    this.#tensors = await this.#programs.run(
      'pick',
      { cached: before ?? this.#nothing, column: kept },
      { heads: int64([K, 1], (head) => head * all), source: int64([this.#capacity], source) },
    );
    disposeAll(before);
    disposeAll(kept);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    disposeAll(this.#tensors);
    await this.#programs[Symbol.asyncDispose]();
  }
}
