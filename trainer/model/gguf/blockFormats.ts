/**
 * How GGUF stores numbers. The layouts are ggml's (`ggml-common.h`), and the values are bit for bit those of its
 * `dequantize_row_*`: every product in `formats/` is exact in float64, so that storing the result rounds once, as it
 * does there.
 */
import type { BlockFormat } from './formats/blockFormat.ts';
import { q4_0, q4_1, q5_0, q5_1, q8_0 } from './formats/blocksOf32.ts';
import { iq4_nl, iq4_xs } from './formats/codebooks.ts';
import { bf16, f16, f32 } from './formats/plain.ts';
import { q2_k, q3_k, q4_k, q5_k, q6_k } from './formats/superBlocks.ts';

/** By the number that GGUF has for it (`ggml_type`). */
export const blockFormats: ReadonlyMap<number, BlockFormat> = new Map([
  [0, f32],
  [1, f16],
  [30, bf16],
  [8, q8_0],
  [2, q4_0],
  [3, q4_1],
  [6, q5_0],
  [7, q5_1],
  [10, q2_k],
  [11, q3_k],
  [12, q4_k],
  [13, q5_k],
  [14, q6_k],
  [20, iq4_nl],
  [23, iq4_xs],
]);

/** Names of formats that exist and cannot be read, so that a refusal can name them. */
export const otherFormats: Readonly<Record<number, string>> = {
  9: 'Q8_1',
  15: 'Q8_K',
  16: 'IQ2_XXS',
  17: 'IQ2_XS',
  18: 'IQ3_XXS',
  19: 'IQ1_S',
  21: 'IQ3_S',
  22: 'IQ2_S',
  29: 'IQ1_M',
  34: 'TQ1_0',
  35: 'TQ2_0',
  39: 'MXFP4',
  40: 'NVFP4',
};

/** The numbers of whole blocks, `count` blocks from the start of `bytes`, written to `out` from `to` on. */
export function decodeBlocks(
  format: BlockFormat,
  bytes: Uint8Array,
  count: number,
  out: Float32Array,
  to: number,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { blockBytes, blockSize, decode } = format;
  for (let block = 0; block < count; block++) decode(view, block * blockBytes, out, to + block * blockSize);
}
