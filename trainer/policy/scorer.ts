/** Log-probabilities of given action tokens under a policy. */
import { type Device, Program, type TensorData } from '../graph/program.ts';
import { policyGraph } from '../learn/trainingGraph.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { type BasePrecision, frozenWeights } from '../model/frozen.ts';
import { rotaryTables } from '../model/rotary.ts';
import type { Weights } from '../model/weights.ts';

export interface ScorerOptions {
  readonly config: LlamaConfig;
  readonly weights: Weights;
  readonly lora?: LoraShape | undefined;
  /** How the base weights are held. */
  readonly precision?: BasePrecision | undefined;
  readonly device?: Device;
  readonly threads?: number | undefined;
}

export class Scorer implements AsyncDisposable {
  readonly #program: Program;
  readonly #tables: Record<string, TensorData>;

  private constructor(program: Program, tables: Record<string, TensorData>) {
    this.#program = program;
    this.#tables = tables;
  }

  static async create({ config, weights, lora, precision, device, threads }: ScorerOptions): Promise<Scorer> {
    const { logp } = policyGraph({ config, lora, actions: 'some', masks: 'group' });
    const frozen = frozenWeights(weights, precision, device);
    const compile = {
      frozen,
      frozenData: 'shared' as const,
      ...(device ? { device } : {}),
      ...(threads ? { threads } : {}),
    };
    return new Scorer(await Program.compile({ logp }, compile), rotaryTables(config, config.maxPositions));
  }

  /** Log-probabilities [1, A], in nats, of the batch's targets (see `actionFeeds`); with the adapter's tensors if there is one. */
  async score(
    feeds: Readonly<Record<string, TensorData>>,
    adapter: Weights = new Map(),
  ): Promise<Float32Array> {
    const result = await this.#program.run<'logp'>({
      ...this.#tables,
      ...Object.fromEntries(adapter),
      ...feeds,
    });
    return result.logp.data as Float32Array;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}
