/**
 * How GGUF stores numbers: plainly, or in blocks that share a scale. The layouts are ggml's (`ggml-common.h`), and the
 * values are bit for bit those of its `dequantize_row_*`: every product here is exact in float64, so that storing the
 * result rounds once, as it does there.
 */
import { valueOfFloat16 } from '../float16.ts';

export interface BlockFormat {
  readonly name: string;
  /** Numbers in one block, which lie beside each other in a row. */
  readonly blockSize: number;
  readonly blockBytes: number;
  /** Writes the numbers of the block at `at` in `bytes` to `out`, from `to` on. */
  readonly decode: (bytes: DataView, at: number, out: Float32Array, to: number) => void;
}

const half = (bytes: DataView, at: number): number => valueOfFloat16(bytes.getUint16(at, true));

const f32: BlockFormat = {
  name: 'F32',
  blockSize: 1,
  blockBytes: 4,
  decode: (bytes, at, out, to) => {
    out[to] = bytes.getFloat32(at, true);
  },
};

const f16: BlockFormat = {
  name: 'F16',
  blockSize: 1,
  blockBytes: 2,
  decode: (bytes, at, out, to) => {
    out[to] = half(bytes, at);
  },
};

const bits = new Uint32Array(1);
const floatOfBits = new Float32Array(bits.buffer);

const bf16: BlockFormat = {
  name: 'BF16',
  blockSize: 1,
  blockBytes: 2,
  decode: (bytes, at, out, to) => {
    bits[0] = bytes.getUint16(at, true) << 16;
    out[to] = floatOfBits[0]!;
  },
};

const q8_0: BlockFormat = {
  name: 'Q8_0',
  blockSize: 32,
  blockBytes: 34,
  decode: (bytes, at, out, to) => {
    const scale = half(bytes, at);
    for (let i = 0; i < 32; i++) out[to + i] = scale * bytes.getInt8(at + 2 + i);
  },
};

/** Low nibbles are the first half of the block, high ones the second. */
const q4_0: BlockFormat = {
  name: 'Q4_0',
  blockSize: 32,
  blockBytes: 18,
  decode: (bytes, at, out, to) => {
    const scale = half(bytes, at);
    for (let i = 0; i < 16; i++) {
      const pair = bytes.getUint8(at + 2 + i);
      out[to + i] = scale * ((pair & 15) - 8);
      out[to + 16 + i] = scale * ((pair >> 4) - 8);
    }
  },
};

const q4_1: BlockFormat = {
  name: 'Q4_1',
  blockSize: 32,
  blockBytes: 20,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [half(bytes, at), half(bytes, at + 2)];
    for (let i = 0; i < 16; i++) {
      const pair = bytes.getUint8(at + 4 + i);
      out[to + i] = scale * (pair & 15) + least;
      out[to + 16 + i] = scale * (pair >> 4) + least;
    }
  },
};

/**
 * Scale and minimum of group `group` of eight, six bits each, packed into the twelve bytes at `at`: the first four of
 * both have a byte each, whose top bits hold the top bits of the last four.
 */
function scaleAndMinimum(bytes: DataView, at: number, group: number): readonly [number, number] {
  const byte = (i: number) => bytes.getUint8(at + i);
  if (group < 4) return [byte(group) & 63, byte(group + 4) & 63];
  const low = byte(group + 4);
  return [(low & 15) | ((byte(group - 4) >> 6) << 4), (low >> 4) | ((byte(group) >> 6) << 4)];
}

/** Eight groups of 32; each 32 bytes hold two groups, low nibbles and high nibbles. */
const q4_k: BlockFormat = {
  name: 'Q4_K',
  blockSize: 256,
  blockBytes: 144,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [half(bytes, at), half(bytes, at + 2)];
    for (let group = 0; group < 8; group++) {
      const [s, m] = scaleAndMinimum(bytes, at + 4, group);
      const [groupScale, groupLeast] = [scale * s, least * m];
      const [from, shift] = [at + 16 + 32 * (group >> 1), 4 * (group & 1)];
      for (let i = 0; i < 32; i++) {
        const q = (bytes.getUint8(from + i) >> shift) & 15;
        out[to + 32 * group + i] = groupScale * q - groupLeast;
      }
    }
  },
};

/** Q4_K with a fifth bit: bit `group` of byte i belongs to number i of the group. */
const q5_k: BlockFormat = {
  name: 'Q5_K',
  blockSize: 256,
  blockBytes: 176,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [half(bytes, at), half(bytes, at + 2)];
    for (let group = 0; group < 8; group++) {
      const [s, m] = scaleAndMinimum(bytes, at + 4, group);
      const [groupScale, groupLeast] = [scale * s, least * m];
      const [from, shift] = [at + 48 + 32 * (group >> 1), 4 * (group & 1)];
      for (let i = 0; i < 32; i++) {
        const low = (bytes.getUint8(from + i) >> shift) & 15;
        const high = (bytes.getUint8(at + 16 + i) >> group) & 1;
        out[to + 32 * group + i] = groupScale * (low | (high << 4)) - groupLeast;
      }
    }
  },
};

/** Sixteen groups of 16 with a signed scale each. Of each half of 128, 64 bytes hold four low bits, 32 two high ones. */
const q6_k: BlockFormat = {
  name: 'Q6_K',
  blockSize: 256,
  blockBytes: 210,
  decode: (bytes, at, out, to) => {
    const scale = half(bytes, at + 208);
    for (let i = 0; i < 256; i++) {
      const [side, inside] = [i >> 7, i & 127];
      const [quarter, column] = [inside >> 5, inside & 31];
      const low = bytes.getUint8(at + 64 * side + 32 * (quarter & 1) + column) >> (4 * (quarter >> 1));
      const high = bytes.getUint8(at + 128 + 32 * side + column) >> (2 * quarter);
      const q = ((low & 15) | ((high & 3) << 4)) - 32;
      out[to + i] = scale * bytes.getInt8(at + 192 + (i >> 4)) * q;
    }
  },
};

/** By the number that GGUF has for it (`ggml_type`). */
export const blockFormats: ReadonlyMap<number, BlockFormat> = new Map([
  [0, f32],
  [1, f16],
  [2, q4_0],
  [3, q4_1],
  [8, q8_0],
  [12, q4_k],
  [13, q5_k],
  [14, q6_k],
  [30, bf16],
]);

/** Names of formats that exist and cannot be read, so that a refusal can name them. */
export const otherFormats: Readonly<Record<number, string>> = {
  6: 'Q5_0',
  7: 'Q5_1',
  9: 'Q8_1',
  10: 'Q2_K',
  11: 'Q3_K',
  15: 'Q8_K',
  16: 'IQ2_XXS',
  17: 'IQ2_XS',
  18: 'IQ3_XXS',
  19: 'IQ1_S',
  20: 'IQ4_NL',
  21: 'IQ3_S',
  22: 'IQ2_S',
  23: 'IQ4_XS',
  29: 'IQ1_M',
  34: 'TQ1_0',
  35: 'TQ2_0',
  39: 'MXFP4',
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
