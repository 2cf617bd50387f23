/** Ops that move elements about without computing: reshape, transpose, concat, slice, cut, pad. */
import type { Primitive, Value } from '../graph.ts';
import { type Dim, frontAxis, type Shape, timesDim } from '../shape.ts';

/** The shape constant that ONNX's Reshape takes (0 copies a dimension, -1 infers one), or nothing if there is none. */
export function reshapeTarget(from: Shape, to: Shape): number[] | undefined {
  let inferred = 0;
  const target = to.map((dim, axis) => {
    if (typeof dim === 'number') return dim;
    if (from[axis] === dim) return 0;
    inferred++;
    return -1;
  });
  return inferred > 1 ? undefined : target;
}

/**
 * Attributes: the new shape, and a value of the old one for the way back, where that needs one and it shall not be the
 * input itself. Inputs: the value, and one of the new shape where names alone cannot tell it.
 */
export const reshapePrimitive: Primitive<{ readonly shape: Shape; readonly was?: Value | undefined }> = {
  name: 'Reshape',
  shape: (_, { shape }) => shape,
  gradient: ({ inputs: [x], attributes: { was } }, grad) => [reshape(grad, x!.shape, was ?? x!)],
};

/** `x` with another shape of the same size. `like` may be any value of that shape, for sizes unknown until run time. */
export function reshape(x: Value, shape: Shape, like?: Value, was?: Value): Value {
  if (reshapeTarget(x.shape, shape)) return x.graph.apply(reshapePrimitive, [x], { shape, was });
  if (!like) throw new Error(`reshape from [${x.shape}] to [${shape}] needs a value of that shape`);
  return x.graph.apply(reshapePrimitive, [x, like], { shape, was });
}

export const transposePrimitive: Primitive<{ readonly permutation: readonly number[] }> = {
  name: 'Transpose',
  shape: ([x], { permutation }) => permutation.map((axis) => x!.shape[axis]!),
  gradient: ({ attributes: { permutation } }, grad) => [
    transpose(
      grad,
      permutation.map((_, axis) => permutation.indexOf(axis)),
    ),
  ],
};

/** `x` with its axes in another order: axis i of the result is axis `permutation[i]` of `x`. */
export function transpose(x: Value, permutation: readonly number[]): Value {
  return x.graph.apply(transposePrimitive, [x], { permutation });
}

function sumDims(dims: readonly Dim[]): Dim {
  if (dims.every((dim) => dim === dims[0])) return timesDim(dims.length, dims[0]!);
  const fixed = dims.reduce<number>((sum, dim) => (typeof dim === 'number' ? sum + dim : sum), 0);
  const named = dims.filter((dim) => typeof dim === 'string');
  return named.length === 0 ? fixed : [...named, ...(fixed ? [fixed] : [])].join('+');
}

export const concatPrimitive: Primitive<{ readonly axis: number }> = {
  name: 'Concat',
  shape: (inputs, { axis }) =>
    inputs[0]!.shape.map((dim, at) => (at === axis ? sumDims(inputs.map((x) => x.shape[axis]!)) : dim)),
  gradient: ({ inputs, attributes: { axis } }, grad) => {
    const sizes = inputs.map((x) => x.shape[axis]!);
    if (inputs.length === 2 && sizes.some((size) => typeof size === 'string')) {
      const [first, second] = inputs as [Value, Value];
      return [
        cut(grad, axis, first, 'before', sizes[0]!),
        cut(grad, axis, first, 'after', second.shape[axis]!),
      ];
    }
    let start = 0;
    return inputs.map((x) => {
      const size = x.shape[axis]!;
      if (typeof size === 'string') {
        throw new Error(`Concat of more than two has no gradient along the unknown size ${size}`);
      }
      start += size;
      return slice(grad, axis, start - size, start);
    });
  },
};

export function concat(inputs: readonly Value[], axis: number): Value {
  const [first] = inputs;
  return first!.graph.apply(concatPrimitive, inputs, { axis: frontAxis(axis, first!.shape.length) });
}

interface SliceAttributes {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly size: Dim;
}

export const slicePrimitive: Primitive<SliceAttributes> = {
  name: 'Slice',
  shape: ([x], { axis, size }) => x!.shape.map((dim, at) => (at === axis ? size : dim)),
  gradient: ({ inputs: [x], attributes: { axis, start, end } }, grad) => {
    const size = x!.shape[axis]!;
    if (typeof size === 'string') throw new Error(`Slice has no gradient along the unknown size ${size}`);
    return [pad(grad, axis, start, size - end)];
  },
};

/**
 * The elements `start` up to `end` along `axis`. Negative positions count from the back, an `end` beyond the last
 * means the last; `size` names the result's size, and is not needed where the size of `x` is a number.
 */
export function slice(x: Value, axis: number, start: number, end: number, size?: Dim): Value {
  const at = frontAxis(axis, x.shape.length);
  const whole = x.shape[at]!;
  if (typeof whole === 'string') {
    if (size === undefined) throw new Error(`slice of ${whole} needs a size`);
    return x.graph.apply(slicePrimitive, [x], { axis: at, start, end, size });
  }
  const front = (position: number) => Math.min(whole, position < 0 ? position + whole : position);
  const [from, to] = [front(start), front(end)];
  return x.graph.apply(slicePrimitive, [x], { axis: at, start: from, end: to, size: to - from });
}

interface CutAttributes {
  readonly axis: number;
  readonly side: 'before' | 'after';
  readonly size: Dim;
}

/** Inputs: a value, and one whose size along the axis is where it is cut. */
export const cutPrimitive: Primitive<CutAttributes> = {
  name: 'Cut',
  shape: ([x], { axis, size }) => x!.shape.map((dim, at) => (at === axis ? size : dim)),
  gradient: ({ inputs: [x, like], attributes }, grad) => [
    x!.graph.apply(uncutPrimitive, [grad, x!, like!], attributes),
    undefined,
  ],
};

/** Inputs: a part, the value that it was cut from (read for its shape alone), and where that was cut. */
export const uncutPrimitive: Primitive<CutAttributes> = {
  name: 'Uncut',
  shape: ([, x]) => x!.shape,
  gradient: ({ inputs: [part, , like], attributes: { axis, side } }, grad) => [
    cut(grad, axis, like!, side, part!.shape[axis]!),
    undefined,
    undefined,
  ],
};

/**
 * The part of `x` before (or after) the position along `axis` that the size of `like` along it tells, at run time;
 * `size` names what that part measures.
 */
export function cut(x: Value, axis: number, like: Value, side: CutAttributes['side'], size: Dim): Value {
  const at = frontAxis(axis, x.shape.length);
  return x.graph.apply(cutPrimitive, [x, like], { axis: at, side, size });
}

/** `part`, cut from `x` at `like`, in its place, and zeros in place of the other part. */
export function uncut(part: Value, x: Value, axis: number, like: Value, side: CutAttributes['side']): Value {
  const at = frontAxis(axis, x.shape.length);
  return x.graph.apply(uncutPrimitive, [part, x, like], { axis: at, side, size: part.shape[at]! });
}

interface PadAttributes {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}

export const padPrimitive: Primitive<PadAttributes> = {
  name: 'Pad',
  shape: ([x], { axis, before, after }) =>
    x!.shape.map((dim, at) => (at === axis ? sumDims([dim, before + after]) : dim)),
  gradient: ({ inputs: [x], attributes: { axis, before, after } }, grad) => [
    slice(grad, axis, before, after === 0 ? Number.MAX_SAFE_INTEGER : -after, x!.shape[axis]!),
  ],
};

/** `x` with zeros added before and after it along `axis`. */
export function pad(x: Value, axis: number, before: number, after: number): Value {
  if (before === 0 && after === 0) return x;
  return x.graph.apply(padPrimitive, [x], { axis, before, after });
}

/** Inputs: a value, and another of its shape. */
export const afterPrimitive: Primitive<Record<string, never>> = {
  name: 'After',
  shape: ([x]) => x!.shape,
  gradient: (_, grad) => [grad, undefined],
};

/** `x`, which is there only once `earlier`, a value of the same shape, has been computed. */
export function after(x: Value, earlier: Value): Value {
  return x.graph.apply(afterPrimitive, [x, earlier], {});
}
