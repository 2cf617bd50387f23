/** Dense arrays of plain (float64) numbers in row-major order; truth values are 0 and 1. */
import { Random } from '../../../trainer/random.ts';

export interface NdArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export const sizeOf = (shape: readonly number[]) => shape.reduce((size, dim) => size * dim, 1);

/** The array whose element at each index is `element(index)`; `index` is only valid during the call. */
export function build(shape: readonly number[], element: (index: readonly number[]) => number): NdArray {
  const data: number[] = [];
  const index = shape.map(() => 0);
  for (let count = sizeOf(shape); count > 0; count--) {
    data.push(element(index));
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return { shape, data };
}

/** The element at `index`. A longer index is aligned at its end, and axes of size 1 repeat (NumPy's broadcast). */
export function element(x: NdArray, index: readonly number[]): number {
  const skipped = index.length - x.shape.length;
  let at = 0;
  for (let axis = 0; axis < x.shape.length; axis++) {
    const size = x.shape[axis]!;
    const position = index[axis + skipped]!;
    if (size !== 1 && position >= size) throw new Error(`index ${index} is outside [${x.shape}]`);
    at = at * size + (size === 1 ? 0 : position);
  }
  return x.data[at]!;
}

export function broadcast(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((size) => size !== 1);
    if (sizes.some((size) => size !== sizes[0]))
      throw new Error(`${JSON.stringify(shapes)} do not broadcast`);
    return sizes[0] ?? 1;
  });
}

/** Normal random numbers, named by `keys`. */
export function randomArray(shape: readonly number[], ...keys: readonly (string | number)[]): NdArray {
  const random = new Random(...keys);
  return build(shape, () => random.normal());
}

/** The same numbers as float32 would hold them. */
export const rounded = ({ shape, data }: NdArray): NdArray => ({ shape, data: data.map(Math.fround) });

/** ‖actual − expected‖ / ‖expected‖, or ‖actual‖ where nothing but zeros is expected. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2;
    size += expected[i]! ** 2;
  }
  return Math.sqrt(size === 0 ? difference : difference / size);
}
