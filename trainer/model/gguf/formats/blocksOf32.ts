/** Blocks of 32 numbers with one scale. Low nibbles are the first half of a block, high ones the second. */
import { type BlockFormat, float16At } from './blockFormat.ts';

export const q8_0: BlockFormat = {
  name: 'Q8_0',
  blockSize: 32,
  blockBytes: 34,
  decode: (bytes, at, out, to) => {
    const scale = float16At(bytes, at);
    for (let i = 0; i < 32; i++) out[to + i] = scale * bytes.getInt8(at + 2 + i);
  },
};

export const q4_0: BlockFormat = {
  name: 'Q4_0',
  blockSize: 32,
  blockBytes: 18,
  decode: (bytes, at, out, to) => {
    const scale = float16At(bytes, at);
    for (let i = 0; i < 16; i++) {
      const pair = bytes.getUint8(at + 2 + i);
      out[to + i] = scale * ((pair & 15) - 8);
      out[to + 16 + i] = scale * ((pair >> 4) - 8);
    }
  },
};

export const q4_1: BlockFormat = {
  name: 'Q4_1',
  blockSize: 32,
  blockBytes: 20,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [float16At(bytes, at), float16At(bytes, at + 2)];
    for (let i = 0; i < 16; i++) {
      const pair = bytes.getUint8(at + 4 + i);
      out[to + i] = scale * (pair & 15) + least;
      out[to + 16 + i] = scale * (pair >> 4) + least;
    }
  },
};

/** Q4_0 with a fifth bit: bit i of the 32 before the nibbles belongs to number i. */
export const q5_0: BlockFormat = {
  name: 'Q5_0',
  blockSize: 32,
  blockBytes: 22,
  decode: (bytes, at, out, to) => {
    const scale = float16At(bytes, at);
    const high = bytes.getUint32(at + 2, true);
    for (let i = 0; i < 16; i++) {
      const pair = bytes.getUint8(at + 6 + i);
      out[to + i] = scale * (((pair & 15) | (((high >>> i) & 1) << 4)) - 16);
      out[to + 16 + i] = scale * (((pair >> 4) | (((high >>> (16 + i)) & 1) << 4)) - 16);
    }
  },
};

/** Q4_1 with a fifth bit. */
export const q5_1: BlockFormat = {
  name: 'Q5_1',
  blockSize: 32,
  blockBytes: 24,
  decode: (bytes, at, out, to) => {
    const [scale, least] = [float16At(bytes, at), float16At(bytes, at + 2)];
    const high = bytes.getUint32(at + 4, true);
    for (let i = 0; i < 16; i++) {
      const pair = bytes.getUint8(at + 8 + i);
      out[to + i] = scale * ((pair & 15) | (((high >>> i) & 1) << 4)) + least;
      out[to + 16 + i] = scale * ((pair >> 4) | (((high >>> (16 + i)) & 1) << 4)) + least;
    }
  },
};
