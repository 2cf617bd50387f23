import type * as ort from 'onnxruntime-node';
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

  get type(): 'float32' | 'float16' {
    return this.tensor.type === 'float16' ? 'float16' : 'float32';
  }

  /** Frees the device's memory. */
  [Symbol.dispose](): void {
    this.tensor.dispose();
  }
}

export type ResidentTensors = ReadonlyMap<string, ResidentTensor>;

/** Bit patterns of float16. */
export interface Halves {
  readonly shape: readonly number[];
  readonly data: Uint16Array;
}

/** What a program can be fed. */
export type Feed = TensorData | Halves | ResidentTensor;

/** Bytes copied between the host's memory and the device's. */
export interface Traffic {
  toDevice: number;
  fromDevice: number;
}

export function disposeAll(tensors: ResidentTensors | undefined): void {
  for (const tensor of tensors?.values() ?? []) tensor[Symbol.dispose]();
}
