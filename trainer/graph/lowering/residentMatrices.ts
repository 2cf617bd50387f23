/** How matrices in blocks that are in a device's memory are used: by ops of ONNX Runtime's WebGPU provider. */
import { type BlockMatrix, blockSize } from '../blocks.ts';
import type { Value } from '../graph.ts';
import type { OnnxModel } from '../onnx.ts';
import { ResidentBlocks } from '../residentTensor.ts';
import { scaledBy } from './portable.ts';

const microsoft = { microsoft: true };

export class ResidentMatrices {
  readonly #model: OnnxModel;
  readonly #matrices = new Map<Value, ResidentBlocks>();

  constructor(model: OnnxModel) {
    this.#model = model;
  }

  /** Writes that the matrix of the input `value` will be fed. */
  add(value: Value, matrix: ResidentBlocks | BlockMatrix): void {
    const { name } = value.attributes;
    if (!(matrix instanceof ResidentBlocks))
      throw new Error(`${name} is in blocks on the host, for the CPU alone`);
    this.#matrices.set(value, matrix);
    this.#model.input({ name: `${name}.blocks`, shape: matrix.bytes.shape, type: 'uint8' });
    this.#model.input({ name: `${name}.scales`, shape: matrix.scales.shape, type: 'float32' });
  }

  /** Writes `value` where it is computed from one of the matrices by an op that takes blocks as they are. */
  rule(value: Value, inputs: readonly string[]): string | undefined {
    const [first, second] = value.inputs;
    const { transA, transB, alpha } = value.attributes;
    const factor = this.#matrices.get(second!);
    if (value.primitive.name === 'MatMul' && factor && transB && !transA) {
      const { name } = second!.attributes;
      const attributes = { K: factor.columns, N: factor.rows, bits: factor.bits, block_size: blockSize };
      const parts = [inputs[0]!, `${name}.blocks`, `${name}.scales`];
      return scaledBy(this.#model, this.#model.node('MatMulNBits', parts, attributes, microsoft), alpha);
    }
    if (value.primitive.name === 'Gather' && this.#matrices.has(first!))
      return this.#rows(first!, inputs[1]!);
    return undefined;
  }

  has(value: Value): boolean {
    return this.#matrices.has(value);
  }

  /** The whole matrix as float32, made at run time and for one use. */
  dequantized(value: Value): string {
    const { rows } = this.#matrices.get(value)!;
    const all = this.#model.constant([...Array(rows).keys()], [rows], 'int32');
    return this.#rows(value, all);
  }

  #rows(value: Value, indices: string): string {
    const { rows, columns, bits } = this.#matrices.get(value)!;
    const { name } = value.attributes;
    const bytes = this.#model.node('Reshape', [
      `${name}.blocks`,
      this.#model.constant([rows, (columns * bits) / 8], [2], 'int64'),
    ]);
    const attributes = { gather_axis: 0, quantize_axis: 1, block_size: blockSize, bits };
    const inputs = [bytes, indices, `${name}.scales`];
    return this.#model.node('GatherBlockQuantized', inputs, attributes, microsoft);
  }
}
