/** Numbers one by one. */
import { type BlockFormat, float16At } from './blockFormat.ts';

export const f32: BlockFormat = {
  name: 'F32',
  blockSize: 1,
  blockBytes: 4,
  decode: (bytes, at, out, to) => {
    out[to] = bytes.getFloat32(at, true);
  },
};

export const f16: BlockFormat = {
  name: 'F16',
  blockSize: 1,
  blockBytes: 2,
  decode: (bytes, at, out, to) => {
    out[to] = float16At(bytes, at);
  },
};

const bits = new Uint32Array(1);
const floatOfBits = new Float32Array(bits.buffer);

export const bf16: BlockFormat = {
  name: 'BF16',
  blockSize: 1,
  blockBytes: 2,
  decode: (bytes, at, out, to) => {
    bits[0] = bytes.getUint16(at, true) << 16;
    out[to] = floatOfBits[0]!;
  },
};
