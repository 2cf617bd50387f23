/** Tensors to feed into policy and training graphs. */
import type { TensorData } from '../graph/program.ts';

/** An int64 tensor whose element i (row-major) is `at(i)`. */
export function int64(shape: readonly number[], at: (i: number) => number): TensorData {
  const length = shape.reduce((product, dim) => product * dim, 1);
  const data = new BigInt64Array(length);
  for (let i = 0; i < length; i++) data[i] = BigInt(at(i));
  return { shape, data };
}

/** What is added to the score of a token that must not be seen. */
export const blocked = -1e9;

/** The mask [1, 1, T, T] under which each token sees itself and those before it. */
export function causalMask(length: number): TensorData {
  const data = new Float32Array(length * length).fill(blocked);
  for (let row = 0; row < length; row++) data.fill(0, row * length, row * length + row + 1);
  return { shape: [1, 1, length, length], data };
}
