/**
 * Batched sampling. Each prompt is read once and its cache shared by all its samples; a sequence that ends gives its
 * row to the next one that waits.
 */
import { setImmediate } from 'node:timers/promises';
import { type Device, Program, type TensorData } from '../graph/program.ts';
import { causalMask, int64 } from '../learn/feeds.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { type BasePrecision, frozenWeights } from '../model/frozen.ts';
import { rotaryTables } from '../model/rotary.ts';
import type { Weights } from '../model/weights.ts';
import type { Random } from '../random.ts';
import { choose } from './choose.ts';
import { promptGraph, tokenGraph } from './decodingGraph.ts';
import { KeyValueCache, type PromptCache } from './keyValueCache.ts';

/** One continuation to sample. */
export interface SampleRequest {
  readonly random: Random;
  /** Told each token as it is chosen; answers whether the sequence ends with it. */
  readonly endsWith: (token: number) => boolean;
}

export interface PromptRequest {
  readonly tokens: readonly number[];
  readonly samples: readonly SampleRequest[];
}

export interface Sample {
  readonly tokens: readonly number[];
  /** Log-probability of each token at the sampling temperature, in nats. */
  readonly logp: readonly number[];
  /** Whether `endsWith` ended it; otherwise the token limit did. */
  readonly ended: boolean;
}

export interface SamplerOptions {
  readonly config: LlamaConfig;
  readonly weights: Weights;
  readonly lora?: LoraShape | undefined;
  /** How the base weights are held. */
  readonly precision?: BasePrecision | undefined;
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** Sequences decoded at once. */
  readonly rows?: number;
}

export interface SamplingSettings {
  readonly temperature: number;
  /** Most tokens of one continuation. */
  readonly maxTokens: number;
  readonly signal?: AbortSignal | undefined;
  readonly onTokens?: (count: number) => void;
  /** Awaited before each token, so that work that is more urgent goes first. */
  readonly gate?: (() => Promise<void>) | undefined;
}

interface Running {
  readonly request: SampleRequest;
  readonly tokens: number[];
  readonly logp: number[];
  readonly finish: (ended: boolean) => void;
}

/** A sequence that waits for a row: its prompt's cache, and the logits after the prompt. */
interface Waiting {
  readonly running: Running;
  readonly prompt: PromptCache;
  readonly source: number;
  readonly length: number;
  readonly logits: Float32Array;
}

const promptsAtOnce = 16;

export class Sampler implements AsyncDisposable {
  readonly #config: LlamaConfig;
  readonly #rows: number;
  readonly #prompts: Program;
  readonly #tokens: Program;
  readonly #tables: Record<string, TensorData>;

  private constructor(options: SamplerOptions, prompts: Program, tokens: Program) {
    this.#config = options.config;
    this.#rows = options.rows ?? 64;
    this.#prompts = prompts;
    this.#tokens = tokens;
    this.#tables = rotaryTables(options.config, options.config.maxPositions);
  }

  static async create(options: SamplerOptions): Promise<Sampler> {
    const { config, weights, lora, precision, device, threads } = options;
    const frozen = frozenWeights(weights, precision);
    const compile = { frozen, ...(device ? { device } : {}), ...(threads ? { threads } : {}) };
    const prompts = await Program.compile(promptGraph(config, lora), compile);
    return new Sampler(options, prompts, await Program.compile(tokenGraph(config, lora), compile));
  }

  /** Samples every request of every prompt, with the adapter's tensors if there is one. Order is kept. */
  async generate(
    prompts: readonly PromptRequest[],
    settings: SamplingSettings,
    adapter: Weights = new Map(),
  ): Promise<Sample[][]> {
    const fixed = { ...this.#tables, ...Object.fromEntries(adapter) };
    const results: Sample[][] = prompts.map(() => []);
    const waiting = await this.#read(prompts, fixed, settings, results);
    const longest = Math.max(0, ...prompts.map((prompt) => prompt.tokens.length));
    const rows = Math.min(this.#rows, waiting.length);
    const capacity = Math.ceil((longest + settings.maxTokens) / 16) * 16;
    const cache = new KeyValueCache(this.#config, rows, capacity);
    const running: Running[] = [];

    /** Chooses the next token of a sequence; answers whether it goes on. */
    const advance = (sequence: Running, logits: Float32Array): boolean => {
      const { token, logp } = choose(logits, settings.temperature, sequence.request.random);
      sequence.tokens.push(token);
      sequence.logp.push(logp);
      const ended = sequence.request.endsWith(token);
      const goesOn = !ended && sequence.tokens.length < settings.maxTokens;
      if (!goesOn) sequence.finish(ended);
      return goesOn;
    };
    const fillRows = () => {
      while (running.length < rows && waiting.length > 0) {
        const next = waiting.shift()!;
        if (!advance(next.running, next.logits)) continue;
        cache.startRow(running.length, next.prompt, next.source, next.length);
        running.push(next.running);
      }
    };

    for (fillRows(); running.length > 0; fillRows()) {
      // The runtime holds the event loop while it computes: let others have it in between.
      await setImmediate();
      await settings.gate?.();
      settings.signal?.throwIfAborted();
      const count = running.length;
      const outputs = await this.#tokens.run<string>({
        ...fixed,
        ...cache.feeds(count),
        tokens: int64([count, 1], (row) => running[row]!.tokens.at(-1)!),
        positions: int64([count, 1], (row) => cache.length(row)),
      });
      cache.appendColumns(outputs, count);
      settings.onTokens?.(count);
      const { vocabSize } = this.#config;
      const logits = outputs.logits!.data as Float32Array;
      const goesOn = running.map((sequence, row) =>
        advance(sequence, logits.subarray(row * vocabSize, (row + 1) * vocabSize)),
      );
      // The last row moves into the place of one that ended, so that the rows in use stay together.
      for (let row = count - 1; row >= 0; row--) {
        if (goesOn[row]) continue;
        cache.moveRow(running.length - 1, row);
        running[row] = running.at(-1)!;
        running.pop();
      }
    }
    return results;
  }

  /** Reads the prompts, a few at a time, shortest first so that little is padded. */
  async #read(
    prompts: readonly PromptRequest[],
    fixed: Record<string, TensorData>,
    settings: SamplingSettings,
    results: Sample[][],
  ): Promise<Waiting[]> {
    const waiting: Waiting[] = [];
    const order = [...prompts.keys()].sort((a, b) => prompts[a]!.tokens.length - prompts[b]!.tokens.length);
    for (let begin = 0; begin < order.length; begin += promptsAtOnce) {
      await settings.gate?.();
      settings.signal?.throwIfAborted();
      const batch = order.slice(begin, begin + promptsAtOnce);
      const tokens = batch.map((at) => prompts[at]!.tokens);
      const B = batch.length;
      const T = Math.max(...tokens.map(({ length }) => length));
      const outputs = await this.#prompts.run<string>({
        ...fixed,
        tokens: int64([B, T], (i) => tokens[Math.floor(i / T)]![i % T] ?? 0),
        positions: int64([B, T], (i) => i % T),
        mask: causalMask(T),
        rows: int64([B], (i) => i * T + tokens[i]!.length - 1),
      });
      const { vocabSize } = this.#config;
      const logits = outputs.logits!.data as Float32Array;
      for (const [source, at] of batch.entries()) {
        for (const [sample, request] of prompts[at]!.samples.entries()) {
          waiting.push({
            running: recorder(request, (result) => {
              results[at]![sample] = result;
            }),
            prompt: outputs,
            source,
            length: tokens[source]!.length,
            logits: logits.subarray(source * vocabSize, (source + 1) * vocabSize),
          });
        }
      }
    }
    return waiting;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#prompts[Symbol.asyncDispose]();
    await this.#tokens[Symbol.asyncDispose]();
  }
}

function recorder(request: SampleRequest, keep: (sample: Sample) => void): Running {
  const tokens: number[] = [];
  const logp: number[] = [];
  return { request, tokens, logp, finish: (ended) => keep({ tokens, logp, ended }) };
}
