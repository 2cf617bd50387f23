/** One text that is read and written token by token, and whose beginning is never read twice. */
import { setImmediate } from 'node:timers/promises';
import { type CompileOptions, type Device, keepsTensors, type Program } from '../graph/program.ts';
import type { Traffic } from '../graph/residentTensor.ts';
import { causalMask, int64 } from '../learn/feeds.ts';
import type { LlamaConfig } from '../model/config.ts';
import type { BaseWeights } from '../model/frozen.ts';
import { type HeldWeights, holdWeights } from '../model/heldWeights.ts';
import type { WeightForm } from '../model/weightForm.ts';
import { continuationGraph } from './continuationGraph.ts';
import { ResidentTextCache } from './residentTextCache.ts';
import { HostTextCache, type TextCache } from './textCache.ts';

export interface PromptSessionOptions {
  readonly config: LlamaConfig;
  readonly weights: BaseWeights;
  /** What base weights in float32 are put into. */
  readonly precision?: WeightForm | undefined;
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** Counts what is copied to the device and back. */
  readonly traffic?: Traffic | undefined;
}

/** Lengths that a piece of text is padded to: the runtime is slow at shapes that it meets for the first time. */
const pieces = [1, 4, 16, 64, 256];
const longestPiece = pieces.at(-1)!;

export class PromptSession implements AsyncDisposable {
  readonly #config: LlamaConfig;
  readonly #weights: HeldWeights;
  readonly #program: Program;
  readonly #cache: TextCache;
  /** The tokens whose keys and values are cached. */
  #cached: number[] = [];

  private constructor(config: LlamaConfig, weights: HeldWeights, program: Program, cache: TextCache) {
    this.#config = config;
    this.#weights = weights;
    this.#program = program;
    this.#cache = cache;
  }

  static async create(options: PromptSessionOptions): Promise<PromptSession> {
    const { config, device, threads, traffic } = options;
    const weights = await holdWeights(options);
    const own: CompileOptions = {
      traffic,
      ...(device ? { device } : {}),
      ...(threads ? { threads } : {}),
    };
    const program = await weights.compile(continuationGraph(config), {
      ...own,
      kept: (output) => output !== 'logits',
    });
    const cache = keepsTensors(device) ? new ResidentTextCache(config, own) : new HostTextCache(config);
    return new PromptSession(config, weights, program, cache);
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
    const outputs = await this.#program.runKeeping<'logits'>({
      ...this.#cache.feeds(past),
      mask: causalMask(T),
      tokens: int64([1, T], (i) => piece[i] ?? 0),
      positions: int64([1, T], (i) => Math.min(past + i, this.#config.maxPositions - 1)),
      row: int64([1], () => piece.length - 1),
    });
    await this.#cache.append(outputs, past, piece.length);
    this.#cached.push(...piece);
    return outputs.read.logits.data as Float32Array;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cache[Symbol.asyncDispose]();
    await this.#program[Symbol.asyncDispose]();
    await this.#weights[Symbol.asyncDispose]();
  }
}
