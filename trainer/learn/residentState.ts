/**
 * Parameters, gradients, the optimizer's moments and the average in a device's memory: an optimizer step copies a few
 * numbers there and the norm back. They go there when first needed, and come back when somebody asks.
 */
import type { Value } from '../graph/graph.ts';
import { type CompileOptions, type Outputs, Program } from '../graph/program.ts';
import { disposeAll, type Feed, type ResidentTensor, type ResidentTensors } from '../graph/residentTensor.ts';
import { Transfer } from '../graph/transfer.ts';
import type { AdamWNumbers } from './adamw.ts';
import { adamWGraph, averageGraph, type Shapes, sumGraph } from './adamwGraph.ts';
import type { HostArrays, TrainedState } from './trainedState.ts';

type Kind = 'parameter' | 'first' | 'second' | 'average' | 'sum';

export class ResidentState implements TrainedState {
  readonly #arrays: HostArrays;
  readonly #shapes: Shapes;
  readonly #options: CompileOptions;
  readonly #transfer: Transfer;
  readonly #programs = new Map<string, Promise<Program>>();
  readonly #tensors = new Map<Kind, ResidentTensors>();

  constructor(arrays: HostArrays, options: CompileOptions) {
    this.#arrays = arrays;
    this.#shapes = new Map([...arrays.trained].map(([name, { shape }]) => [name, shape]));
    this.#options = options;
    this.#transfer = new Transfer(this.#shapes, options);
  }

  async feeds(): Promise<ReadonlyMap<string, Feed>> {
    return this.#on('parameter');
  }

  async addGradients({ kept }: Outputs): Promise<void> {
    const gradients = new Map([...this.#shapes.keys()].map((name) => [name, kept.get(`grad:${name}`)!]));
    const sums = this.#tensors.get('sum');
    if (!sums) {
      this.#tensors.set('sum', gradients);
      return;
    }
    const program = await this.#program('sum', () => sumGraph(this.#shapes));
    const { kept: next } = await program.runKeeping({
      ...named('sum', sums),
      ...named('gradient', gradients),
    });
    this.#replace('sum', next);
    disposeAll(gradients);
  }

  async step(learningRate: number, clipNorm: number): Promise<number> {
    const { optimizer } = this.#arrays;
    const gradients = this.#tensors.get('sum');
    if (!gradients) return 0;
    const program = await this.#program('step', () => adamWGraph(this.#shapes, optimizer.settings));
    const { read, kept } = await program.runKeeping({
      ...named('gradient', gradients),
      ...named('parameter', await this.#on('parameter')),
      ...named('first', await this.#on('first')),
      ...named('second', await this.#on('second')),
      ...numbers({ ...optimizer.numbersOf(optimizer.steps + 1, learningRate), limit: clipNorm }),
    });
    this.#tensors.delete('sum');
    disposeAll(gradients);
    const norm = read.norm!.data[0] as number;
    if (!Number.isFinite(norm)) {
      disposeAll(kept);
      return norm;
    }
    optimizer.steps++;
    for (const kind of ['parameter', 'first', 'second'] as const) this.#replace(kind, kept);
    return norm;
  }

  async moveAverage(decay: number): Promise<void> {
    if (!this.#arrays.average) return;
    const program = await this.#program('average', () => averageGraph(this.#shapes));
    const { kept } = await program.runKeeping({
      ...named('average', await this.#on('average')),
      ...named('parameter', await this.#on('parameter')),
      ...numbers({ decay }),
    });
    this.#replace('average', kept);
  }

  async toHost(): Promise<void> {
    for (const [kind, tensors] of this.#tensors) await this.#transfer.toHost(tensors, this.#hostOf(kind));
  }

  /** Tensors of a kind, copied to the device if they are not there yet. */
  async #on(kind: Kind): Promise<ResidentTensors> {
    const known = this.#tensors.get(kind);
    if (known) return known;
    const feeds = [...this.#hostOf(kind)].map(
      ([name, data]) => [name, { shape: this.#shapes.get(name)!, data }] as const,
    );
    const tensors = await this.#transfer.toDevice(new Map(feeds));
    this.#tensors.set(kind, tensors);
    return tensors;
  }

  #hostOf(kind: Kind): ReadonlyMap<string, Float32Array> {
    const { average, parameters, gradients, optimizer } = this.#arrays;
    switch (kind) {
      case 'parameter':
        return parameters;
      case 'first':
        return optimizer.first;
      case 'second':
        return optimizer.second;
      case 'average':
        return new Map([...average!].map(([name, { data }]) => [name, data]));
      case 'sum':
        return gradients;
    }
  }

  /** Takes those outputs `next:<kind>:<name>` that are of this kind. */
  #replace(kind: Kind, outputs: ResidentTensors): void {
    const before = this.#tensors.get(kind);
    const next = [...this.#shapes.keys()].map(
      (name) => [name, outputs.get(`next:${kind}:${name}`)!] as const,
    );
    this.#tensors.set(kind, new Map(next));
    disposeAll(before);
  }

  #program(name: string, build: () => Record<string, Value>): Promise<Program> {
    const program =
      this.#programs.get(name) ??
      Program.compile(build(), { ...this.#options, kept: (output) => output.startsWith('next:') });
    this.#programs.set(name, program);
    return program;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const tensors of this.#tensors.values()) disposeAll(tensors);
    for (const program of this.#programs.values()) await (await program)[Symbol.asyncDispose]();
    await this.#transfer[Symbol.asyncDispose]();
  }
}

const named = (kind: string, tensors: ResidentTensors): Record<string, ResidentTensor> =>
  Object.fromEntries([...tensors].map(([name, tensor]) => [`${kind}:${name}`, tensor]));

const numbers = (values: Partial<AdamWNumbers> & Readonly<Record<string, number>>): Record<string, Feed> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { shape: [1], data: Float32Array.of(value) }]),
  );
