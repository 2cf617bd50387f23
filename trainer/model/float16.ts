/** The float32 value of every float16 bit pattern (IEEE 754 binary16), at its index. */
const valueOfBits = Float32Array.from({ length: 65536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});

/** The float32 value of one float16 bit pattern; exact. */
export const valueOfFloat16 = (bits: number): number => valueOfBits[bits]!;

/** Float32 values of float16 bit patterns; exact. */
export function decodeFloat16(bits: Uint16Array): Float32Array {
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = valueOfBits[bits[i]!]!;
  return values;
}

/** The float16 bit patterns nearest to float32 values; ties go to the even one, too large values to infinity. */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) bits[i] = roundToFloat16(source[i]!);
  return bits;
}

function roundToFloat16(float32: number): number {
  const sign = (float32 >>> 16) & 0x8000;
  const magnitude = float32 & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // 65520 and above round to infinity
  if (magnitude >= 0x38800000) {
    // Normal: rebias the exponent (127 to 15) and drop 13 bits; a carry out of the fraction grows the exponent.
    const rebiased = magnitude - 0x38000000;
    return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13);
  }
  if (magnitude < 0x33000000) return sign; // under half of the smallest subnormal
  // Subnormal: shift the fraction, with its implicit one, to units of 2^-24.
  const shift = 126 - (magnitude >>> 23);
  const fraction = (magnitude & 0x7fffff) | 0x800000;
  const kept = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return sign | (kept + (rest > half || (rest === half && kept & 1) ? 1 : 0));
}

/** The bfloat16 bit patterns nearest to float32 values; ties go to the even one. */
export function encodeBfloat16(values: Float32Array): Uint16Array {
  const source = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(source, (bits) => {
    if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40; // NaN stays one
    return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  });
}
