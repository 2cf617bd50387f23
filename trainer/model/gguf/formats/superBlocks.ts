/** The K formats: blocks of 256 numbers in groups of 16 or 32, whose scales are quantised themselves. */
import { type BlockFormat, float16At } from './blockFormat.ts';

/**
 * Sixteen groups of 16, with scale and minimum in a nibble each. Of each half of 128, 32 bytes hold four groups of 32
 * numbers, two bits each.
 */
export const q2_k: BlockFormat = {
  name: 'Q2_K',
  blockSize: 256,
  blockBytes: 84,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [float16At(bytes, at + 80), float16At(bytes, at + 82)];
    for (let i = 0; i < 256; i++) {
      const pair = bytes.getUint8(at + (i >> 4));
      const q = twoBits(bytes, at + 16, i);
      out[to + i] = scale * (pair & 15) * q - least * (pair >> 4);
    }
  },
};

/** Number `i` of 256 with two bits each, laid out as Q2_K has them. */
const twoBits = (bytes: DataView, at: number, i: number): number =>
  (bytes.getUint8(at + 32 * (i >> 7) + (i & 31)) >> (2 * ((i >> 5) & 3))) & 3;

/**
 * Q2_K's numbers with a third bit, and sixteen signed scales. Bit `i / 32` of byte `i % 32` belongs to number i, and 4
 * is taken off where it is not set.
 */
export const q3_k: BlockFormat = {
  name: 'Q3_K',
  blockSize: 256,
  blockBytes: 110,
  decode: (bytes, at, out, to) => {
    const scale = float16At(bytes, at + 108);
    for (let group = 0; group < 16; group++) {
      const groupScale = scale * (sixBits(bytes, at + 96, group) - 32);
      for (let i = 16 * group; i < 16 * group + 16; i++) {
        const isHigh = (bytes.getUint8(at + (i & 31)) >> (i >> 5)) & 1;
        out[to + i] = groupScale * (twoBits(bytes, at + 32, i) - (isHigh ? 0 : 4));
      }
    }
  },
};

/** Scale `group` of sixteen: four low bits in the first eight of the twelve bytes at `at`, two high ones in the last four. */
function sixBits(bytes: DataView, at: number, group: number): number {
  const low = bytes.getUint8(at + (group & 7)) >> (4 * (group >> 3));
  const high = bytes.getUint8(at + 8 + (group & 3)) >> (2 * (group >> 2));
  return (low & 15) | ((high & 3) << 4);
}

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
export const q4_k: BlockFormat = {
  name: 'Q4_K',
  blockSize: 256,
  blockBytes: 144,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [float16At(bytes, at), float16At(bytes, at + 2)];
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
export const q5_k: BlockFormat = {
  name: 'Q5_K',
  blockSize: 256,
  blockBytes: 176,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [float16At(bytes, at), float16At(bytes, at + 2)];
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
export const q6_k: BlockFormat = {
  name: 'Q6_K',
  blockSize: 256,
  blockBytes: 210,
  decode: (bytes, at, out, to) => {
    const scale = float16At(bytes, at + 208);
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
