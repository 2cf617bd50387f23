import { valueOfFloat16 } from '../../float16.ts';

/** How numbers are stored: one by one, or in blocks that share a scale. */
export interface BlockFormat {
  readonly name: string;
  /** Numbers in one block, which lie beside each other in a row. */
  readonly blockSize: number;
  readonly blockBytes: number;
  /** Writes the numbers of the block at `at` in `bytes` to `out`, from `to` on. */
  readonly decode: (bytes: DataView, at: number, out: Float32Array, to: number) => void;
}

export const float16At = (bytes: DataView, at: number): number => valueOfFloat16(bytes.getUint16(at, true));
