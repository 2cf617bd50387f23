import type { BlockMatrix } from './blocks.ts';
import { Graph } from './graph.ts';
import { blockTensors } from './lowering/blockMatrices.ts';
import { type CompileOptions, Program } from './program.ts';
import { ResidentBlocks, type ResidentTensor, type StoredData, type StoredType } from './residentTensor.ts';

/** What stands on the host and is to be on the device. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | StoredData;
}

/** Copies tensors of any shape to a device, one after the other, so that no two are on their way at once. */
export class Upload implements AsyncDisposable {
  readonly #options: CompileOptions;
  readonly #programs = new Map<string, Promise<Program>>();

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  /** The copy, which is the caller's. */
  async toDevice(tensor: HostTensor): Promise<ResidentTensor> {
    const type = typeOf(tensor);
    const key = `${type} ${tensor.shape.length}`;
    const program = this.#programs.get(key) ?? this.#compile(type, tensor.shape.length);
    this.#programs.set(key, program);
    return (await (await program).runKeeping({ from: tensor })).kept.get('to')!;
  }

  async blocksToDevice(matrix: BlockMatrix): Promise<ResidentBlocks> {
    const [bytes, scales] = blockTensors('', matrix, 'packed');
    return new ResidentBlocks(matrix, await this.toDevice(bytes!), await this.toDevice(scales!));
  }

  #compile(type: 'float32' | StoredType, rank: number): Promise<Program> {
    const from = new Graph().input('from', [...Array(rank).keys()].map(String), type);
    return Program.compile({ to: from }, { ...this.#options, kept: () => true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of this.#programs.values()) await (await program)[Symbol.asyncDispose]();
  }
}

function typeOf({ data }: HostTensor): 'float32' | StoredType {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof Uint16Array ? 'float16' : 'uint8';
}
