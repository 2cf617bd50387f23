/**
 * Frozen matrices in blocks of 8 or 4 bits: 32 numbers of a row share a float32 scale, as in llama.cpp's Q8_0 and Q4_0.
 */

export const blockSize = 32;
export type BlockBits = 4 | 8;
/** What is stored for 0: stored numbers are unsigned. */
export const zeroPoints: Readonly<Record<BlockBits, number>> = { 4: 8, 8: 128 };

export interface BlockMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly bits: BlockBits;
  /** Row-major; two numbers a byte in 4 bits, the first in the lower half: `value = (stored - zero point) · scale`. */
  readonly bytes: Uint8Array;
  /** [rows, columns / 32] */
  readonly scales: Float32Array;
}

/** Whether a matrix of this shape can be cut into blocks. */
export const fitsBlocks = (shape: readonly number[]): boolean =>
  shape.length === 2 && shape[1]! % blockSize === 0;

/** In 8 bits the nearest: off by at most half a scale, 1/254 of the block's largest number. In 4 bits see `scaleOf4`. */
export function toBlocks(
  data: Float32Array,
  [rows, columns]: readonly [number, number],
  bits: BlockBits = 8,
): BlockMatrix {
  const bytes = new Uint8Array((data.length * bits) / 8);
  const scales = new Float32Array(data.length / blockSize);
  const zero = zeroPoints[bits];
  const most = 2 * zero - 1;
  // Plain loops: with views and iterators a hundred million numbers took three seconds.
  for (let block = 0; block < scales.length; block++) {
    const begin = block * blockSize;
    const scale = bits === 8 ? scaleOf8(data, begin) : scaleOf4(data, begin);
    const inverse = scale === 0 ? 0 : 1 / scale;
    scales[block] = scale;
    for (let i = begin; i < begin + blockSize; i++) {
      const stored = Math.min(most, Math.max(0, Math.floor(data[i]! * inverse + 0.5) + zero));
      if (bits === 8) bytes[i] = stored;
      else bytes[i >> 1]! |= i % 2 ? stored << 4 : stored;
    }
  }
  return { rows, columns, bits, bytes, scales };
}

function scaleOf8(data: Float32Array, begin: number): number {
  let largest = 0;
  for (let i = begin; i < begin + blockSize; i++) largest = Math.max(largest, Math.abs(data[i]!));
  return largest / 127;
}

/** Shares of the scale that just holds the largest number: somewhat finer ones cut that off and are nearer to the rest. */
const shares = [1, 0.96, 0.92, 0.88, 0.84, 0.8];

/** The scale, of a few, of the least squared error. Its sign is such that the largest number can be stored as -8. */
function scaleOf4(data: Float32Array, begin: number): number {
  let largest = 0;
  for (let i = begin; i < begin + blockSize; i++) {
    if (Math.abs(data[i]!) > Math.abs(largest)) largest = data[i]!;
  }
  let best = { scale: 0, error: Number.POSITIVE_INFINITY };
  for (const share of largest === 0 ? [] : shares) {
    const scale = (share * largest) / -8;
    let error = 0;
    for (let i = begin; i < begin + blockSize; i++) {
      const stored = Math.min(7, Math.max(-8, Math.round(data[i]! / scale)));
      error += (data[i]! - scale * stored) ** 2;
    }
    if (error < best.error) best = { scale, error };
  }
  return best.scale;
}

export function fromBlocks({ rows, columns, bits, bytes, scales }: BlockMatrix): Float32Array {
  const zero = zeroPoints[bits];
  const stored = (i: number) => (bits === 8 ? bytes[i]! : (bytes[i >> 1]! >> (i % 2 ? 4 : 0)) & 15);
  return Float32Array.from(
    { length: rows * columns },
    (_, i) => (stored(i) - zero) * scales[Math.floor(i / blockSize)]!,
  );
}
