/**
 * Batched sampling. Each prompt is read once and its cache shared by all its samples; a sequence that ends gives its
 * row to the next one that waits.
 */
import { setImmediate } from 'node:timers/promises';
import type { Value } from '../graph/graph.ts';
import { type CompileOptions, type Device, keepsTensors, Program } from '../graph/program.ts';
import { disposeAll, type Feed, type Traffic } from '../graph/residentTensor.ts';
import { Transfer } from '../graph/transfer.ts';
import { causalMask, int64 } from '../learn/feeds.ts';
import { type LoraShape, loraShapes } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import type { BaseWeights } from '../model/frozen.ts';
import { type HeldWeights, holdWeights } from '../model/heldWeights.ts';
import type { WeightForm } from '../model/weightForm.ts';
import type { Random } from '../random.ts';
import { CachePrograms } from './cachePrograms.ts';
import { type Choice, choose } from './choose.ts';
import { type DecodingCache, OwnPrompts, type ReadPrompt, SharedPrompts } from './decodingCache.ts';
import { promptGraph, tokenGraph } from './decodingGraph.ts';
import { ResidentPrompts } from './residentCache.ts';
import { tokenChoice } from './tokenChoice.ts';

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
  readonly weights: BaseWeights;
  readonly lora?: LoraShape | undefined;
  /** What base weights in float32 are put into. */
  readonly precision?: WeightForm | undefined;
  /** Whether tokens are written with weights that lie where other programs' do: see `Program`. By default a quick copy. */
  readonly frozenData?: CompileOptions['frozenData'];
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** Sequences decoded at once. */
  readonly rows?: number;
  /** Counts what is copied to the device and back. */
  readonly traffic?: Traffic | undefined;
}

export interface SamplingSettings {
  /** 0 takes the likeliest token each time; log-probabilities are then those of temperature 1. */
  readonly temperature: number;
  readonly topK?: number | undefined;
  readonly topP?: number | undefined;
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

/** A sequence that waits for a row: its prompt, and the probabilities of the token after it. */
interface Waiting {
  readonly running: Running;
  readonly prompt: ReadPrompt;
  readonly probabilities: Float32Array;
}

const promptsAtOnce = 16;

/** What of a run stays on a device that keeps tensors. */
const isCached = (output: string) => output.startsWith('key.') || output.startsWith('value.');

export class Sampler implements AsyncDisposable {
  readonly #config: LlamaConfig;
  readonly #rows: number;
  readonly #weights: HeldWeights;
  readonly #prompts: Program;
  /** For prompts that one sequence continues, and for those that a group does; compiled when first needed. */
  readonly #tokens: Partial<Record<'own' | 'group', Promise<Program>>> = {};
  readonly #compile: (outputs: Readonly<Record<string, Value>>) => Promise<Program>;
  readonly #lora: LoraShape | undefined;
  /** Where the device keeps tensors: how adapters get there, and what is done to caches there. */
  readonly #resident: { readonly adapters: Transfer; readonly caches: CachePrograms } | undefined;

  private constructor(
    options: SamplerOptions,
    weights: HeldWeights,
    prompts: Program,
    compileOptions: CompileOptions,
  ) {
    const { config, rows, lora, device } = options;
    this.#config = config;
    this.#rows = rows ?? 64;
    this.#lora = lora;
    this.#weights = weights;
    this.#prompts = prompts;
    this.#compile = (outputs) => Program.compile(outputs, compileOptions);
    if (!keepsTensors(device)) return;
    const { frozen: _, ...own } = compileOptions;
    this.#resident = {
      adapters: new Transfer(lora ? loraShapes(config, lora) : new Map(), own),
      caches: new CachePrograms(config, own),
    };
  }

  static async create(options: SamplerOptions): Promise<Sampler> {
    const { config, lora, frozenData, device, threads, traffic } = options;
    const weights = await holdWeights(options);
    const compileOptions: CompileOptions = {
      frozen: weights.frozen,
      ...(frozenData ? { frozenData } : {}),
      traffic,
      kept: isCached,
      ...(device ? { device } : {}),
      ...(threads ? { threads } : {}),
    };
    // Of many rows at once, which products are about as quick with: two copies of the weights less.
    const prompts = await weights.compile(promptGraph(config, lora), {
      ...compileOptions,
      frozenData: 'shared',
    });
    return new Sampler(options, weights, prompts, compileOptions);
  }

  /**
   * Samples every request of every prompt, with the adapter's tensors if there is one, which may be on the device
   * already. Order is kept.
   */
  async generate(
    prompts: readonly PromptRequest[],
    settings: SamplingSettings,
    adapter: ReadonlyMap<string, Feed> = new Map(),
  ): Promise<Sample[][]> {
    if (!this.#resident || adapter.size === 0) return this.#generate(prompts, settings, adapter);
    const copies = await this.#resident.adapters.toDevice(adapter);
    try {
      return await this.#generate(prompts, settings, copies);
    } finally {
      disposeAll(copies);
    }
  }

  async #generate(
    prompts: readonly PromptRequest[],
    settings: SamplingSettings,
    adapter: ReadonlyMap<string, Feed>,
  ): Promise<Sample[][]> {
    const { temperature, topK, topP } = settings;
    const divisor = { shape: [], data: Float32Array.of(temperature === 0 ? 1 : temperature) };
    const fixed = { ...Object.fromEntries(adapter), temperature: divisor };
    const likely = { greedy: temperature === 0, topK, topP };
    const choice = tokenChoice(likely);
    const results: Sample[][] = prompts.map(() => []);
    const samples = prompts.reduce((sum, prompt) => sum + prompt.samples.length, 0);
    const rows = Math.min(this.#rows, samples);
    const shared = this.#resident !== undefined || prompts.some(({ samples }) => samples.length > 1);
    using cache = this.#cacheFor(prompts, rows, shared);
    const waiting = await this.#read(prompts, fixed, settings, results, cache);
    const program = await this.#tokenProgram(shared ? 'group' : 'own');
    const running: Running[] = [];

    /** Adds a token to a sequence; answers whether it goes on. */
    const advance = (sequence: Running, { token, logp }: Choice): boolean => {
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
        const first = choose(next.probabilities, likely, next.running.request.random);
        if (!advance(next.running, first)) continue;
        cache.startRow(running.length, next.prompt);
        running.push(next.running);
      }
    };

    for (fillRows(); running.length > 0; fillRows()) {
      // The runtime holds the event loop while it computes: let others have it in between.
      await setImmediate();
      await settings.gate?.();
      settings.signal?.throwIfAborted();
      const count = running.length;
      const randoms = running.map(({ request }) => request.random);
      const feeds = {
        ...fixed,
        ...(await cache.feeds(count)),
        ...choice.feeds(randoms),
        tokens: int64([count, 1], (row) => running[row]!.tokens.at(-1)!),
        positions: int64([count, 1], (row) => cache.position(row)),
      };
      const outputs = await program.runKeeping(feeds, choice.outputs);
      cache.appendColumns(outputs, count);
      settings.onTokens?.(count);
      const goesOn = running.map((sequence, row) =>
        advance(sequence, choice.of(outputs.read, row, randoms[row]!)),
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
    fixed: Record<string, Feed>,
    settings: SamplingSettings,
    results: Sample[][],
    cache: DecodingCache,
  ): Promise<Waiting[]> {
    const waiting: Waiting[] = [];
    const order = [...prompts.keys()].sort((a, b) => prompts[a]!.tokens.length - prompts[b]!.tokens.length);
    const longest = prompts[order.at(-1) ?? 0]?.tokens.length ?? 0;
    for (let begin = 0; begin < order.length; begin += promptsAtOnce) {
      await settings.gate?.();
      settings.signal?.throwIfAborted();
      const batch = order.slice(begin, begin + promptsAtOnce);
      const tokens = batch.map((at) => prompts[at]!.tokens);
      const B = batch.length;
      // Prompts that stay on the device are joined there, for which they are of one length.
      const T = this.#resident ? longest : Math.max(...tokens.map(({ length }) => length));
      const outputs = await this.#prompts.runKeeping({
        ...fixed,
        tokens: int64([B, T], (i) => tokens[Math.floor(i / T)]![i % T] ?? 0),
        positions: int64([B, T], (i) => i % T),
        mask: causalMask(T),
        rows: int64([B], (i) => i * T + tokens[i]!.length - 1),
      });
      const { vocabSize } = this.#config;
      const probabilities = outputs.read.probabilities!.data as Float32Array;
      const lengths = tokens.map(({ length }) => length);
      const read = await cache.readPrompts(outputs, lengths);
      for (const [source, at] of batch.entries()) {
        const prompt = read[source]!;
        for (const [sample, request] of prompts[at]!.samples.entries()) {
          waiting.push({
            running: recorder(request, (result) => {
              results[at]![sample] = result;
            }),
            prompt,
            probabilities: probabilities.subarray(source * vocabSize, (source + 1) * vocabSize),
          });
        }
      }
    }
    return waiting;
  }

  #cacheFor(prompts: readonly PromptRequest[], rows: number, shared: boolean): DecodingCache {
    if (this.#resident) return new ResidentPrompts(this.#resident.caches);
    const longest = Math.max(0, ...prompts.map(({ tokens }) => tokens.length));
    return shared
      ? new SharedPrompts(this.#config, rows, longest, prompts.length)
      : new OwnPrompts(this.#config, rows, longest);
  }

  #tokenProgram(prompts: 'own' | 'group'): Promise<Program> {
    this.#tokens[prompts] ??= this.#compile(tokenGraph(this.#config, this.#lora, prompts));
    return this.#tokens[prompts];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#prompts[Symbol.asyncDispose]();
    for (const program of Object.values(this.#tokens)) await (await program)[Symbol.asyncDispose]();
    await this.#resident?.adapters[Symbol.asyncDispose]();
    await this.#resident?.caches[Symbol.asyncDispose]();
    await this.#weights[Symbol.asyncDispose]();
  }
}

function recorder(request: SampleRequest, keep: (sample: Sample) => void): Running {
  const tokens: number[] = [];
  const logp: number[] = [];
  return { request, tokens, logp, finish: (ended) => keep({ tokens, logp, ended }) };
}
