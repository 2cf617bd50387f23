import type * as ort from 'onnxruntime-node';
import type { BlockBits, BlockMatrix } from './blocks.ts';
import type { TensorData } from './program.ts';

/** A tensor that a program left in its device's memory: any program of that device can be fed it. */
export class ResidentTensor implements Disposable {
  readonly tensor: ort.Tensor;

  constructor(tensor: ort.Tensor) {
    this.tensor = tensor;
  }

  get shape(): readonly number[] {
    return this.tensor.dims;
  }

  get type(): 'float32' | StoredType {
    return this.tensor.type as 'float32' | StoredType;
  }

  /** Frees the device's memory. */
  [Symbol.dispose](): void {
    this.tensor.dispose();
  }
}

export type ResidentTensors = ReadonlyMap<string, ResidentTensor>;

/** Numbers in these are moved about and widened; nothing is computed with them. */
export type StoredType = 'float16' | 'uint8';

/** Bit patterns of float16, or the bytes of blocks. */
export type StoredData = Uint16Array | Uint8Array;

/** A matrix in blocks (see `blocks.ts`) in a device's memory. */
export class ResidentBlocks implements Disposable {
  readonly rows: number;
  readonly columns: number;
  readonly bits: BlockBits;
  /** [rows, columns / 32, 4 · bits] */
  readonly bytes: ResidentTensor;
  /** [rows, columns / 32] */
  readonly scales: ResidentTensor;

  constructor({ rows, columns, bits }: BlockMatrix, bytes: ResidentTensor, scales: ResidentTensor) {
    this.rows = rows;
    this.columns = columns;
    this.bits = bits;
    this.bytes = bytes;
    this.scales = scales;
  }

  [Symbol.dispose](): void {
    this.bytes[Symbol.dispose]();
    this.scales[Symbol.dispose]();
  }
}

/** Frozen numbers as a device has them. */
export type Resident = ResidentTensor | ResidentBlocks;

/** What a program can be fed. */
export type Feed = HostFeed | ResidentTensor;

export interface HostFeed {
  readonly shape: readonly number[];
  readonly data: TensorData['data'] | StoredData;
}

/** Bytes copied between the host's memory and the device's. */
export interface Traffic {
  toDevice: number;
  fromDevice: number;
}

export function disposeAll(tensors: ReadonlyMap<string, Disposable> | undefined): void {
  for (const tensor of tensors?.values() ?? []) tensor[Symbol.dispose]();
}
