import { Graph } from './graph.ts';
import { type CompileOptions, Program } from './program.ts';
import type { Feed, ResidentTensors } from './residentTensor.ts';

/** Copies tensors of known names and shapes to a device and back: each way a program that computes nothing. */
export class Transfer implements AsyncDisposable {
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  readonly #options: CompileOptions;
  readonly #programs: Partial<Record<'up' | 'down', Promise<Program>>> = {};

  constructor(shapes: ReadonlyMap<string, readonly number[]>, options: CompileOptions) {
    this.#shapes = shapes;
    this.#options = options;
  }

  /** Copies on the device, which are the caller's, also of what is there already. */
  async toDevice(tensors: ReadonlyMap<string, Feed>): Promise<ResidentTensors> {
    const program = await this.#program('up');
    return (await program.runKeeping(copied(tensors))).kept;
  }

  /** Copies into the host's arrays of the same names. */
  async toHost(tensors: ResidentTensors, arrays: ReadonlyMap<string, Float32Array>): Promise<void> {
    const program = await this.#program('down');
    const results = await program.run<string>(copied(tensors));
    for (const [name, array] of arrays) array.set(results[name]!.data as Float32Array);
  }

  #program(way: 'up' | 'down'): Promise<Program> {
    const compile = () => {
      const graph = new Graph();
      const inputs = [...this.#shapes].map(
        ([name, shape]) => [name, graph.input(`from:${name}`, shape)] as const,
      );
      return Program.compile(Object.fromEntries(inputs), { ...this.#options, kept: () => way === 'up' });
    };
    this.#programs[way] ??= compile();
    return this.#programs[way];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of Object.values(this.#programs)) await (await program)[Symbol.asyncDispose]();
  }
}

const copied = (tensors: ReadonlyMap<string, Feed>): Record<string, Feed> =>
  Object.fromEntries([...tensors].map(([name, feed]) => [`from:${name}`, feed]));
