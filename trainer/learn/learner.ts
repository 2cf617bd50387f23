/** The learner: owns the trainable parameters, their optimizer and the compiled training graph. */
import { type CompileOptions, type Device, Program, type TensorData } from '../graph/program.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { type BasePrecision, frozenWeights } from '../model/frozen.ts';
import { rotaryTables } from '../model/rotary.ts';
import type { Weights } from '../model/weights.ts';
import { AdamW, type AdamWSettings, clipGradients } from './adamw.ts';
import type { Objective } from './objective.ts';
import { type PolicyGraphOptions, trainingGraph } from './trainingGraph.ts';

export interface LearnerOptions {
  readonly config: LlamaConfig;
  readonly weights: Weights;
  /** The adapter to train; without one, all weights are trained, in place. */
  readonly adapter?: { readonly lora: LoraShape; readonly tensors: Weights } | undefined;
  /** How the base weights are held beside an adapter. */
  readonly precision?: BasePrecision | undefined;
  readonly objective: Objective;
  readonly actions: PolicyGraphOptions['actions'];
  readonly masks: PolicyGraphOptions['masks'];
  /** The weight decay applies to matrices alone, never to norms and biases. */
  readonly optimizer?: Partial<AdamWSettings>;
  readonly device?: Device;
  readonly threads?: number | undefined;
}

export class Learner implements AsyncDisposable {
  readonly config: LlamaConfig;
  readonly #program: Program;
  readonly #fixedFeeds: Record<string, TensorData>;
  readonly #gradients = new Map<string, Float32Array>();
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  /** The trainable parameters; `step` updates them in place. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly optimizer: AdamW;

  private constructor(
    program: Program,
    fixedFeeds: Record<string, TensorData>,
    trained: Weights,
    options: LearnerOptions,
  ) {
    this.config = options.config;
    this.#program = program;
    this.#fixedFeeds = fixedFeeds;
    this.#shapes = new Map([...trained].map(([name, { shape }]) => [name, shape]));
    this.parameters = new Map([...trained].map(([name, { data }]) => [name, data]));
    this.optimizer = new AdamW(this.parameters, options.optimizer);
    for (const [name, { length }] of this.parameters) this.#gradients.set(name, new Float32Array(length));
  }

  static async create(options: LearnerOptions): Promise<Learner> {
    const { config, weights, adapter, precision, objective, actions, masks, device, threads } = options;
    const trained = adapter?.tensors ?? weights;
    const outputs = trainingGraph({
      config,
      lora: adapter?.lora,
      actions,
      masks,
      objective,
      trainable: [...trained.keys()],
    });
    const compileOptions: CompileOptions = {
      ...(device ? { device } : {}),
      ...(threads ? { threads } : {}),
      ...(adapter ? { frozen: frozenWeights(weights, precision, device), frozenData: 'shared' } : {}),
    };
    const program = await Program.compile(outputs, compileOptions);
    const fixedFeeds: Record<string, TensorData> = rotaryTables(config, config.maxPositions);
    for (const [name, tensor] of trained) fixedFeeds[name] = tensor;
    return new Learner(program, fixedFeeds, trained, options);
  }

  /**
   * Runs one micro-batch forward and backward and adds its gradients to those waiting for `step`.
   * Answers the loss and the objective's metrics, which add up over micro-batches too.
   */
  async accumulate(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, number>> {
    const results = await this.#program.run<string>({ ...this.#fixedFeeds, ...feeds });
    const numbers: Record<string, number> = {};
    for (const [name, { data }] of Object.entries(results)) {
      const sum = name.startsWith('grad:') && this.#gradients.get(name.slice('grad:'.length));
      if (sum) {
        for (let i = 0; i < sum.length; i++) sum[i]! += data[i] as number;
      } else {
        numbers[name] = Number(data[0]);
      }
    }
    return numbers;
  }

  /** The gradients that wait for the next step. */
  get gradients(): ReadonlyMap<string, Float32Array> {
    return this.#gradients;
  }

  /** One optimizer step with the gradients accumulated since the last; answers their norm before clipping. */
  step(learningRate: number, clipNorm: number): number {
    const norm = clipGradients(this.#gradients, clipNorm);
    if (Number.isFinite(norm)) {
      const isMatrix = (name: string) => this.#shapes.get(name)!.length > 1;
      this.optimizer.step(this.parameters, this.#gradients, learningRate, isMatrix);
    }
    for (const gradient of this.#gradients.values()) gradient.fill(0);
    return norm;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}
