/** One text that is read and written token by token, and whose beginning is never read twice. */
import { setImmediate } from 'node:timers/promises';
import { type Device, Program, type TensorData } from '../graph/program.ts';
import { blocked, causalMask, int64 } from '../learn/feeds.ts';
import type { LlamaConfig } from '../model/config.ts';
import { type BaseWeights, frozenWeights } from '../model/frozen.ts';
import { rotaryTables } from '../model/rotary.ts';
import type { WeightForm } from '../model/weightForm.ts';
import { continuationGraph } from './continuationGraph.ts';

export interface PromptSessionOptions {
  readonly config: LlamaConfig;
  readonly weights: BaseWeights;
  /** What base weights in float32 are put into. */
  readonly precision?: WeightForm | undefined;
  readonly device?: Device;
  readonly threads?: number | undefined;
}

/** Lengths that a piece of text is padded to: the runtime is slow at shapes that it meets for the first time. */
const pieces = [1, 4, 16, 64, 256];
const longestPiece = pieces.at(-1)!;
/** Tokens that the cache grows by. */
const roomStep = 64;

export class PromptSession implements AsyncDisposable {
  readonly #config: LlamaConfig;
  readonly #program: Program;
  readonly #fixed: Record<string, TensorData>;
  /** By graph input; [K, C, D] each, C being the capacity. */
  readonly #cache = new Map<string, Float32Array>();
  #capacity = 0;
  /** The tokens whose keys and values are cached. */
  #cached: number[] = [];

  private constructor(options: PromptSessionOptions, program: Program) {
    this.#config = options.config;
    this.#program = program;
    this.#fixed = rotaryTables(options.config, options.config.maxPositions);
    this.#grow(128);
  }

  static async create(options: PromptSessionOptions): Promise<PromptSession> {
    const { config, weights, precision, device, threads } = options;
    const frozen = frozenWeights(weights, precision, device);
    const compile = { frozen, ...(device ? { device } : {}), ...(threads ? { threads } : {}) };
    return new PromptSession(options, await Program.compile(continuationGraph(config), compile));
  }

  /** How many of these tokens need not be read, because the text before them was the same. */
  reusable(tokens: readonly number[]): number {
    const most = Math.min(this.#cached.length, tokens.length - 1);
    let same = 0;
    while (same < most && this.#cached[same] === tokens[same]) same++;
    return same;
  }

  /** Forgets what was read. */
  clear(): void {
    this.#cached = [];
  }

  /**
   * Logits [V] after `tokens` (at least one, at most the model's positions). Only what comes after the part shared with
   * the last call is read, in pieces; others get the event loop between them. One call at a time.
   *
   * @throws the signal's reason when aborted; what was read until then stays read.
   */
  async logitsAfter(tokens: readonly number[], signal?: AbortSignal): Promise<Float32Array> {
    this.#cached.length = this.reusable(tokens);
    let logits: Float32Array | undefined;
    while (this.#cached.length < tokens.length) {
      await setImmediate();
      signal?.throwIfAborted();
      const at = this.#cached.length;
      logits = await this.#read(tokens.slice(at, at + longestPiece));
    }
    return logits!;
  }

  async #read(piece: readonly number[]): Promise<Float32Array> {
    const past = this.#cached.length;
    const T = pieces.find((length) => length >= piece.length)!;
    if (past + piece.length > this.#capacity) this.#grow(past + piece.length);
    const outputs = await this.#program.run<string>({
      ...this.#fixed,
      ...this.#feeds(),
      mask: causalMask(T),
      cachedMask: this.#cachedMask(),
      tokens: int64([1, T], (i) => piece[i] ?? 0),
      positions: int64([1, T], (i) => Math.min(past + i, this.#config.maxPositions - 1)),
      row: int64([1], () => piece.length - 1),
    });
    this.#keep(outputs, piece.length);
    this.#cached.push(...piece);
    return outputs.logits!.data as Float32Array;
  }

  /** [1, 1, 1, C]: which cached columns are in use. */
  #cachedMask(): TensorData {
    const data = new Float32Array(this.#capacity).fill(blocked).fill(0, 0, this.#cached.length);
    return { shape: [1, 1, 1, this.#capacity], data };
  }

  #feeds(): Record<string, TensorData> {
    const shape = [1, this.#config.keyValueHeads, this.#capacity, this.#config.headDim];
    return Object.fromEntries([...this.#cache].map(([name, data]) => [name, { shape, data }]));
  }

  /** Copies the first `length` new columns behind the cached ones. */
  #keep(outputs: Readonly<Record<string, TensorData>>, length: number): void {
    const { layers, keyValueHeads, headDim: D } = this.#config;
    const past = this.#cached.length;
    for (let layer = 0; layer < layers; layer++) {
      for (const [from, to] of [
        ['key', 'cachedKey'],
        ['value', 'cachedValue'],
      ]) {
        const { data, shape } = outputs[`${from}.${layer}`]!;
        const T = shape[2]!;
        const target = this.#cache.get(`${to}.${layer}`)!;
        for (let head = 0; head < keyValueHeads; head++) {
          const columns = (data as Float32Array).subarray(head * T * D, (head * T + length) * D);
          target.set(columns, (head * this.#capacity + past) * D);
        }
      }
    }
  }

  /** Makes room for `length` tokens and few more: each token attends to all of it, in use or not. */
  #grow(length: number): void {
    const { layers, keyValueHeads, headDim, maxPositions } = this.#config;
    const old = this.#capacity;
    this.#capacity = Math.min(maxPositions, Math.ceil(length / roomStep) * roomStep);
    const row = (capacity: number) => capacity * headDim;
    for (let layer = 0; layer < layers; layer++) {
      for (const kind of ['cachedKey', 'cachedValue']) {
        const before = this.#cache.get(`${kind}.${layer}`);
        const after = new Float32Array(keyValueHeads * row(this.#capacity));
        for (let head = 0; before && head < keyValueHeads; head++) {
          after.set(before.subarray(head * row(old), (head + 1) * row(old)), head * row(this.#capacity));
        }
        this.#cache.set(`${kind}.${layer}`, after);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}
