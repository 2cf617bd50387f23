/** What training changes, on the host or in a device's memory. */
import type { Outputs, TensorData } from '../graph/program.ts';
import type { Feed } from '../graph/residentTensor.ts';
import type { Weights } from '../model/weights.ts';
import { type AdamW, clipGradients, type Tensors } from './adamw.ts';
import { moveAverage } from './weightAverage.ts';

/** The host's arrays. Where the state is on a device, they are what it begins with, and what it is copied to. */
export interface HostArrays {
  readonly trained: Weights;
  readonly average: Weights | undefined;
  readonly parameters: Tensors;
  /** Those that wait for the next step. */
  readonly gradients: Tensors;
  readonly optimizer: AdamW;
}

export interface TrainedState extends AsyncDisposable {
  /** The parameters as inputs of graphs, until the next step. */
  feeds(): Promise<ReadonlyMap<string, Feed>>;
  /** Adds a micro-batch's outputs `grad:<name>` to the gradients that wait. */
  addGradients(outputs: Outputs): Promise<void>;
  /** One optimizer step; answers the gradients' norm before clipping, and changes nothing where it is not finite. */
  step(learningRate: number, clipNorm: number): Promise<number>;
  moveAverage(decay: number): Promise<void>;
  /** Brings the host's arrays up to date. */
  toHost(): Promise<void>;
}

export class HostState implements TrainedState {
  readonly #arrays: HostArrays;

  constructor(arrays: HostArrays) {
    this.#arrays = arrays;
  }

  async feeds(): Promise<ReadonlyMap<string, TensorData>> {
    return this.#arrays.trained;
  }

  async addGradients({ read }: Outputs): Promise<void> {
    for (const [name, sum] of this.#arrays.gradients) {
      const { data } = read[`grad:${name}`]!;
      for (let i = 0; i < sum.length; i++) sum[i]! += data[i] as number;
    }
  }

  async step(learningRate: number, clipNorm: number): Promise<number> {
    const { trained, parameters, gradients, optimizer } = this.#arrays;
    const norm = clipGradients(gradients, clipNorm);
    if (Number.isFinite(norm)) {
      const isMatrix = (name: string) => trained.get(name)!.shape.length > 1;
      optimizer.step(parameters, gradients, learningRate, isMatrix);
    }
    for (const gradient of gradients.values()) gradient.fill(0);
    return norm;
  }

  async moveAverage(decay: number): Promise<void> {
    const { average, trained } = this.#arrays;
    if (average) moveAverage(average, trained, decay);
  }

  async toHost(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}
