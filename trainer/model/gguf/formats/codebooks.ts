/** Formats whose four bits are an index into sixteen values, closer together around zero. */
import { type BlockFormat, float16At } from './blockFormat.ts';

const values = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113] as const;

/** Writes the 32 numbers of the 16 bytes at `at`: low nibbles are the first half, high ones the second. */
function decode32(bytes: DataView, at: number, scale: number, out: Float32Array, to: number): void {
  for (let i = 0; i < 16; i++) {
    const pair = bytes.getUint8(at + i);
    out[to + i] = scale * values[pair & 15]!;
    out[to + 16 + i] = scale * values[pair >> 4]!;
  }
}

export const iq4_nl: BlockFormat = {
  name: 'IQ4_NL',
  blockSize: 32,
  blockBytes: 18,
  decode: (bytes, at, out, to) => decode32(bytes, at + 2, float16At(bytes, at), out, to),
};

/** Eight groups of 32 with signed scales of six bits: two high ones in the first two bytes, four low ones after them. */
export const iq4_xs: BlockFormat = {
  name: 'IQ4_XS',
  blockSize: 256,
  blockBytes: 136,
  decode: (bytes, at, out, to) => {
    const scale = float16At(bytes, at);
    const highs = bytes.getUint16(at + 2, true);
    for (let group = 0; group < 8; group++) {
      const low = (bytes.getUint8(at + 4 + (group >> 1)) >> (4 * (group & 1))) & 15;
      const high = (highs >> (2 * group)) & 3;
      const groupScale = scale * ((low | (high << 4)) - 32);
      decode32(bytes, at + 8 + 16 * group, groupScale, out, to + 32 * group);
    }
  },
};
