/** The learner: owns the trainable parameters, their optimizer and the compiled training graph. */
import {
  type CompileOptions,
  type Device,
  keepsTensors,
  type Program,
  type TensorData,
} from '../graph/program.ts';
import type { Feed, Traffic } from '../graph/residentTensor.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { type BaseWeights, trainableWeights } from '../model/frozen.ts';
import { type HeldWeights, holdWeights } from '../model/heldWeights.ts';
import type { WeightForm } from '../model/weightForm.ts';
import type { Weights } from '../model/weights.ts';
import { AdamW, type AdamWSettings, type Tensors } from './adamw.ts';
import type { Objective } from './objective.ts';
import { ResidentState } from './residentState.ts';
import { type HostArrays, HostState, type TrainedState } from './trainedState.ts';
import { type PolicyGraphOptions, trainingGraph } from './trainingGraph.ts';

export interface LearnerOptions {
  readonly config: LlamaConfig;
  readonly weights: BaseWeights;
  /** The adapter to train; without one, all weights are trained, in place. */
  readonly adapter?: { readonly lora: LoraShape; readonly tensors: Weights } | undefined;
  /** What base weights in float32 are put into beside an adapter. */
  readonly precision?: WeightForm | undefined;
  readonly objective: Objective;
  /** Less memory for more time: see `trainingGraph`. */
  readonly checkpointing?: boolean | undefined;
  readonly actions: PolicyGraphOptions['actions'];
  readonly masks: PolicyGraphOptions['masks'];
  /** The weight decay applies to matrices alone, never to norms and biases. */
  readonly optimizer?: Partial<AdamWSettings>;
  /** Of the same names as what is trained: `moveAverage` changes it, in place. */
  readonly average?: Weights | undefined;
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** Counts what is copied to the device and back. */
  readonly traffic?: Traffic | undefined;
}

export class Learner implements AsyncDisposable {
  readonly config: LlamaConfig;
  readonly checkpointing: boolean;
  readonly #weights: HeldWeights;
  readonly #program: Program;
  readonly #arrays: HostArrays;
  readonly #state: TrainedState;

  private constructor(
    weights: HeldWeights,
    program: Program,
    arrays: HostArrays,
    state: TrainedState,
    { config, checkpointing = false }: LearnerOptions,
  ) {
    this.config = config;
    this.checkpointing = checkpointing;
    this.#weights = weights;
    this.#program = program;
    this.#arrays = arrays;
    this.#state = state;
  }

  static async create(options: LearnerOptions): Promise<Learner> {
    const { config, weights, adapter, objective, actions, masks, device, threads, traffic } = options;
    const trained = adapter?.tensors ?? trainableWeights(weights);
    const outputs = trainingGraph({
      config,
      lora: adapter?.lora,
      actions,
      masks,
      objective,
      checkpointing: options.checkpointing,
      trainable: [...trained.keys()],
    });
    const own: CompileOptions = {
      ...(device ? { device } : {}),
      ...(threads ? { threads } : {}),
      traffic,
    };
    const held = await holdWeights(adapter ? options : { ...options, weights: new Map() });
    const program = await held.compile(outputs, {
      ...own,
      frozenData: 'shared',
      kept: (output) => output.startsWith('grad:'),
    });
    const parameters = new Map([...trained].map(([name, { data }]) => [name, data]));
    const arrays: HostArrays = {
      trained,
      average: options.average,
      parameters,
      gradients: new Map([...parameters].map(([name, { length }]) => [name, new Float32Array(length)])),
      optimizer: new AdamW(parameters, options.optimizer),
    };
    const state = keepsTensors(device) ? new ResidentState(arrays, own) : new HostState(arrays);
    return new Learner(held, program, arrays, state, options);
  }

  /** The trainable parameters, as of the last `toHost` (on a CPU always as they are). */
  get parameters(): Tensors {
    return this.#arrays.parameters;
  }

  get optimizer(): AdamW {
    return this.#arrays.optimizer;
  }

  /** The gradients that wait for the next step, as of the last `toHost`. */
  get gradients(): Tensors {
    return this.#arrays.gradients;
  }

  /** The parameters as graphs are fed them, where the learner has them; good until the next `step`. */
  feeds(): Promise<ReadonlyMap<string, Feed>> {
    return this.#state.feeds();
  }

  /**
   * Runs one micro-batch forward and backward and adds its gradients to those waiting for `step`.
   * Answers the loss and the objective's metrics, which add up over micro-batches too.
   */
  async accumulate(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, number>> {
    const parameters = Object.fromEntries(await this.#state.feeds());
    const outputs = await this.#program.runKeeping({ ...parameters, ...feeds });
    await this.#state.addGradients(outputs);
    const numbers = Object.entries(outputs.read).filter(([name]) => !name.startsWith('grad:'));
    return Object.fromEntries(numbers.map(([name, { data }]) => [name, Number(data[0])]));
  }

  /** One optimizer step with the gradients accumulated since the last; answers their norm before clipping. */
  step(learningRate: number, clipNorm: number): Promise<number> {
    return this.#state.step(learningRate, clipNorm);
  }

  moveAverage(decay: number): Promise<void> {
    return this.#state.moveAverage(decay);
  }

  /** Brings `parameters`, the optimizer's moments and the average up to date where a device has them. */
  toHost(): Promise<void> {
    return this.#state.toHost();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#state[Symbol.asyncDispose]();
    await this.#program[Symbol.asyncDispose]();
    await this.#weights[Symbol.asyncDispose]();
  }
}
