/** How matrices in blocks are written for ONNX Runtime's CPU provider, and used without becoming float32 again. */
import { type BlockMatrix, blockSize, zeroPoints } from '../blocks.ts';
import type { Value } from '../graph.ts';
import type { OnnxModel } from '../onnx.ts';
import { scaledBy } from './portable.ts';

/** Activations are rounded to 8 bits, block by block, so that the processor's 8-bit products can be used. */
const eightBitActivations = 4;

export class BlockMatrices {
  readonly #model: OnnxModel;
  readonly #matrices = new Map<Value, BlockMatrix>();
  readonly #dequantized = new Map<Value, string>();

  constructor(model: OnnxModel) {
    this.#model = model;
  }

  /** Writes the matrix of the input `value` into the model. */
  add(value: Value, matrix: BlockMatrix): void {
    const { rows, columns, bits, bytes, scales } = matrix;
    const { name } = value.attributes;
    const blocks = columns / blockSize;
    this.#matrices.set(value, matrix);
    this.#model.tensor({
      name: `${name}.blocks`,
      shape: [rows, blocks, (blockSize * bits) / 8],
      type: 'uint8',
      data: bytes,
    });
    const data = new Uint8Array(scales.buffer, scales.byteOffset, scales.byteLength);
    this.#model.tensor({ name: `${name}.scales`, shape: [rows, blocks], type: 'float32', data });
  }

  /** Writes `value` where it is computed from one of the matrices by an op that takes blocks as they are. */
  rule(value: Value, inputs: readonly string[]): string | undefined {
    const [first, second] = value.inputs;
    const { transA, transB, alpha } = value.attributes;
    if (value.primitive.name === 'MatMul' && this.#matrices.has(second!) && transB && !transA) {
      return this.#product(inputs[0]!, second!, alpha);
    }
    if (value.primitive.name === 'Gather' && this.#matrices.get(first!)?.bits === 8)
      return this.#rows(value, inputs[1]!);
    return undefined;
  }

  /** The whole matrix as float32, made at run time; nothing if `value` is none of the matrices. */
  dequantized(value: Value): string | undefined {
    const matrix = this.#matrices.get(value);
    if (!matrix) return undefined;
    const known = this.#dequantized.get(value);
    if (known) return known;
    const result = matrix.bits === 8 ? this.#from8(value, matrix) : this.#from4(value, matrix);
    this.#dequantized.set(value, result);
    return result;
  }

  #from8(value: Value, { rows, columns }: BlockMatrix): string {
    const { name } = value.attributes;
    const model = this.#model;
    const blocks = columns / blockSize;
    // A shared scale is repeated along an axis of size 32, so that all numbers of a block have the same.
    const zero = this.#zeroPoints(rows * blocks);
    const flat = model.node('Reshape', [`${name}.blocks`, ints(model, [rows * blocks, blockSize])]);
    const scales = model.node('Reshape', [`${name}.scales`, ints(model, [rows * blocks])]);
    const numbers = model.node('DequantizeLinear', [flat, scales, zero], { axis: 0 });
    return model.node('Reshape', [numbers, ints(model, [rows, columns])]);
  }

  /** The runtime has the signed form of 4 bits for this, and the other for products. */
  #from4(value: Value, { rows, columns, bytes }: BlockMatrix): string {
    const { name } = value.attributes;
    const model = this.#model;
    const data = bytes.map((byte) => byte ^ 0x88);
    model.tensor({ name: `${name}.signed`, shape: [rows, columns], type: 'int4', data });
    const scales = model.node('Reshape', [`${name}.scales`, ints(model, [rows, columns / blockSize])]);
    const attributes = { axis: 1, block_size: blockSize };
    return model.node('DequantizeLinear', [`${name}.signed`, scales], attributes);
  }

  #product(x: string, matrix: Value, alpha: number): string {
    const { rows, columns, bits } = this.#matrices.get(matrix)!;
    const { name } = matrix.attributes;
    const attributes = {
      K: columns,
      N: rows,
      bits,
      block_size: blockSize,
      accuracy_level: eightBitActivations,
    };
    const inputs = [x, `${name}.blocks`, `${name}.scales`];
    return scaledBy(
      this.#model,
      this.#model.node('MatMulNBits', inputs, attributes, { microsoft: true }),
      alpha,
    );
  }

  /** Rows of the matrix at `indices`. */
  #rows(value: Value, indices: string): string {
    const model = this.#model;
    const { columns } = this.#matrices.get(value.inputs[0]!)!;
    const { name } = value.inputs[0]!.attributes;
    const rank = value.inputs[1]!.shape.length;
    const bytes = model.node('Gather', [`${name}.blocks`, indices], { axis: 0 });
    const numbers = model.node('Sub', [
      model.node('Cast', [bytes], { to: 1 }),
      model.constant([zeroPoints[8]], []),
    ]);
    const scales = model.node('Gather', [`${name}.scales`, indices], { axis: 0 });
    const scaled = model.node('Mul', [numbers, model.node('Unsqueeze', [scales, ints(model, [-1])])]);
    return model.node('Reshape', [scaled, ints(model, [...Array<number>(rank).fill(0), columns])]);
  }

  #zeroPoints(count: number): string {
    const name = `zeroPoints.${count}`;
    if (!this.#written.has(name)) {
      const data = new Uint8Array(count).fill(zeroPoints[8]);
      this.#model.tensor({ name, shape: [count], type: 'uint8', data });
      this.#written.add(name);
    }
    return name;
  }
  readonly #written = new Set<string>();
}

const ints = (model: OnnxModel, values: readonly number[]) =>
  model.constant(values, [values.length], 'int64');
