/** Frozen matrices in 8-bit blocks: 32 numbers of a row share a float32 scale, as in llama.cpp's Q8_0. */

export const blockSize = 32;
/** What is stored for 0: stored numbers are unsigned. */
export const zeroPoint = 128;

export interface BlockMatrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns], one byte a number: `value = (byte - 128) · scale of its block`. */
  readonly bytes: Uint8Array;
  /** [rows, columns / 32] */
  readonly scales: Float32Array;
}

/** Whether a matrix of this shape can be cut into blocks. */
export const fitsBlocks = (shape: readonly number[]): boolean =>
  shape.length === 2 && shape[1]! % blockSize === 0;

/** The nearest that blocks can hold: off by at most half a scale, which is 1/254 of the block's largest number. */
export function toBlocks(data: Float32Array, [rows, columns]: readonly [number, number]): BlockMatrix {
  const bytes = new Uint8Array(data.length);
  const scales = new Float32Array(data.length / blockSize);
  for (let block = 0; block < scales.length; block++) {
    const [begin, end] = [block * blockSize, (block + 1) * blockSize];
    let largest = 0;
    for (let i = begin; i < end; i++) largest = Math.max(largest, Math.abs(data[i]!));
    scales[block] = largest / 127;
    const inverse = largest === 0 ? 0 : 127 / largest;
    for (let i = begin; i < end; i++) bytes[i] = Math.round(data[i]! * inverse) + zeroPoint;
  }
  return { rows, columns, bytes, scales };
}

export function fromBlocks({ bytes, scales }: BlockMatrix): Float32Array {
  return Float32Array.from(bytes, (byte, i) => (byte - zeroPoint) * scales[Math.floor(i / blockSize)]!);
}
