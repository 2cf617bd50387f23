import { Graph } from './graph.ts';
import { type CompileOptions, Program } from './program.ts';
import type { Halves, ResidentTensor } from './residentTensor.ts';

/** What stands on the host and is to be on the device. */
export type HostTensor = Halves | { readonly shape: readonly number[]; readonly data: Float32Array };

/** Copies tensors of any shape to a device, one after the other, so that no two are on their way at once. */
export class Upload implements AsyncDisposable {
  readonly #options: CompileOptions;
  readonly #programs = new Map<string, Promise<Program>>();

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  /** The copy, which is the caller's. */
  async toDevice(tensor: HostTensor): Promise<ResidentTensor> {
    const type = tensor.data instanceof Uint16Array ? 'float16' : 'float32';
    const key = `${type} ${tensor.shape.length}`;
    const program = this.#programs.get(key) ?? this.#compile(type, tensor.shape.length);
    this.#programs.set(key, program);
    return (await (await program).runKeeping({ from: tensor })).kept.get('to')!;
  }

  #compile(type: 'float32' | 'float16', rank: number): Promise<Program> {
    const from = new Graph().input('from', [...Array(rank).keys()].map(String), type);
    return Program.compile({ to: from }, { ...this.#options, kept: () => true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of this.#programs.values()) await (await program)[Symbol.asyncDispose]();
  }
}
