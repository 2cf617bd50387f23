/** Log-probabilities of given action tokens under a policy. */
import type { Device, Program, TensorData } from '../graph/program.ts';
import type { Feed, Traffic } from '../graph/residentTensor.ts';
import { policyGraph } from '../learn/trainingGraph.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import type { BaseWeights } from '../model/frozen.ts';
import { type HeldWeights, holdWeights } from '../model/heldWeights.ts';
import type { WeightForm } from '../model/weightForm.ts';

export interface ScorerOptions {
  readonly config: LlamaConfig;
  readonly weights: BaseWeights;
  readonly lora?: LoraShape | undefined;
  /** What base weights in float32 are put into. */
  readonly precision?: WeightForm | undefined;
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** Counts what is copied to the device and back. */
  readonly traffic?: Traffic | undefined;
}

export class Scorer implements AsyncDisposable {
  readonly #weights: HeldWeights;
  readonly #program: Program;

  private constructor(weights: HeldWeights, program: Program) {
    this.#weights = weights;
    this.#program = program;
  }

  static async create(options: ScorerOptions): Promise<Scorer> {
    const { config, lora, device, threads, traffic } = options;
    const { logp } = policyGraph({ config, lora, actions: 'some', masks: 'group' });
    const weights = await holdWeights(options);
    const compile = {
      traffic,
      frozenData: 'shared' as const,
      ...(device ? { device } : {}),
      ...(threads ? { threads } : {}),
    };
    return new Scorer(weights, await weights.compile({ logp }, compile));
  }

  /** Log-probabilities [1, A], in nats, of the batch's targets (see `actionFeeds`); with the adapter's tensors if there is one. */
  async score(
    feeds: Readonly<Record<string, TensorData>>,
    adapter: ReadonlyMap<string, Feed> = new Map(),
  ): Promise<Float32Array> {
    const result = await this.#program.run<'logp'>({
      ...Object.fromEntries(adapter),
      ...feeds,
    });
    return result.logp.data as Float32Array;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
    await this.#weights[Symbol.asyncDispose]();
  }
}
