/** How matrices in blocks are written for ONNX Runtime's CPU provider, and used without becoming float32 again. */
import { type BlockBits, type BlockMatrix, blockSize, zeroPoints } from '../blocks.ts';
import type { Value } from '../graph.ts';
import type { OnnxModel } from '../onnx.ts';
import { ResidentBlocks } from '../residentTensor.ts';
import { type Rows, rowsAfter } from './pieces.ts';
import { ints, scaledBy } from './portable.ts';

/** Activations are rounded to 8 bits, block by block, so that the processor's 8-bit products can be used. */
const eightBitActivations = 4;

/**
 * Where blocks are. `packed`: in the model, where the runtime arranges them for products in 8 bits, a copy a program.
 * `fed`: inputs, read where they lie by as many programs as there are. Each product then makes float32 numbers of a matrix
 * first, which is cheap beside a product of hundreds of rows, and rounds no activations.
 */
export type BlockPlace = 'packed' | 'fed';

export class BlockMatrices {
  readonly #model: OnnxModel;
  readonly #place: BlockPlace;
  readonly #matrices = new Map<Value, BlockMatrix>();
  readonly #zeroPointsWritten = new Set<string>();

  constructor(model: OnnxModel, place: BlockPlace) {
    this.#model = model;
    this.#place = place;
  }

  /** Writes the matrix of the input `value` into the model, or that it will be fed. */
  add(value: Value, matrix: BlockMatrix | ResidentBlocks): void {
    if (matrix instanceof ResidentBlocks) throw new Error(`${value.attributes.name} is not on the CPU`);
    this.#matrices.set(value, matrix);
    for (const { name, shape, type, data } of blockTensors(value.attributes.name, matrix, this.#place)) {
      if (this.#place === 'fed') this.#model.input({ name, shape, type });
      else {
        const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
        this.#model.tensor({ name, shape, type, data: bytes });
      }
    }
  }

  /** Writes `value` where it is computed from one of the matrices by an op that takes blocks as they are. */
  rule(value: Value, inputs: readonly string[]): string | undefined {
    const [first, second] = value.inputs;
    const { transA, transB, alpha } = value.attributes;
    const { name } = value.primitive;
    if (name === 'MatMul' && this.#place === 'packed' && this.#matrices.has(second!) && transB && !transA) {
      return this.#product(inputs[0]!, second!, alpha);
    }
    if (name === 'Gather' && this.#matrices.get(first!)?.bits === 8) return this.#rows(value, inputs[1]!);
    return undefined;
  }

  /** Whether products with `value` are to be made from float32 rows of it. */
  has(value: Value): boolean {
    return this.#matrices.has(value);
  }

  /** Rows of the matrix as float32, by default all, made at run time, for one use and `after` a value is there. */
  dequantized(value: Value, after: string, among?: Rows): string {
    const { rows, columns, bits } = this.#matrices.get(value)!;
    const [from, to] = among ?? [0, rows];
    const { name } = value.attributes;
    const model = this.#model;
    const blocks = columns / blockSize;
    const count = (to - from) * blocks;
    // Each block is a row, and a scale belongs to a row: four times as quick as blocks of a longer row.
    const flat =
      this.#place === 'fed'
        ? `${name}.flat`
        : model.node('Reshape', [`${name}.blocks`, ints(model, [rows * blocks, blockBytes(bits)])]);
    const bytes = rowsAfter(model, flat, [from * blocks, to * blocks], after);
    const stored = bits === 8 ? bytes : this.#halves(bytes, count);
    const scales = rowsAfter(model, `${name}.scales`, [from, to], after);
    const numbers = model.node(
      'DequantizeLinear',
      [
        stored,
        model.node('Reshape', [scales, ints(model, [count])]),
        this.#zeroPoints(count, zeroPoints[bits]),
      ],
      { axis: 0 },
    );
    return model.node('Reshape', [numbers, ints(model, [to - from, columns])]);
  }

  /** Bytes that hold two numbers each as one a number: [count, 32]. */
  #halves(bytes: string, count: number): string {
    const model = this.#model;
    const constant = (value: number) => model.constant([value], [], 'uint8');
    const lower = model.node('BitwiseAnd', [bytes, constant(15)]);
    const upper = model.node('BitShift', [bytes, constant(4)], { direction: 'RIGHT' });
    const columns = [lower, upper].map((half) => model.node('Unsqueeze', [half, ints(model, [-1])]));
    const pairs = model.node('Concat', columns, { axis: -1 });
    return model.node('Reshape', [pairs, ints(model, [count, blockSize])]);
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

  #zeroPoints(count: number, zero: number): string {
    const name = `zeroPoints.${zero}.${count}`;
    if (!this.#zeroPointsWritten.has(name)) {
      const data = new Uint8Array(count).fill(zero);
      this.#model.tensor({ name, shape: [count], type: 'uint8', data });
      this.#zeroPointsWritten.add(name);
    }
    return name;
  }
}

/** What the runtime has of a matrix; where it is fed, blocks both by row and one after the other, which are the same bytes. */
export function blockTensors(
  name: string,
  { rows, columns, bits, bytes, scales }: BlockMatrix,
  place: BlockPlace,
) {
  const blocks = columns / blockSize;
  const width = blockBytes(bits);
  const uint8 = (kind: string, shape: readonly number[]) =>
    ({ name: `${name}.${kind}`, shape, type: 'uint8', data: bytes }) as const;
  return [
    uint8('blocks', [rows, blocks, width]),
    ...(place === 'fed' ? [uint8('flat', [rows * blocks, width])] : []),
    { name: `${name}.scales`, shape: [rows, blocks], type: 'float32', data: scales } as const,
  ];
}

const blockBytes = (bits: BlockBits) => (blockSize * bits) / 8;
