/** Sums, and their counterpart, repetition. */
import type { Primitive, Value } from '../graph.ts';
import { broadcastAxes, frontAxis, type Shape, sameShape } from '../shape.ts';
import { reshape } from './layout.ts';

/** Sum over `axes`, each of which keeps the size 1. */
export const reduceSumPrimitive: Primitive<{ readonly axes: readonly number[] }> = {
  name: 'ReduceSum',
  shape: ([x], { axes }) => x!.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim)),
  gradient: ({ inputs: [x] }, grad) => [expandLike(grad, x!)],
};

/** Sum of `x` over `axes` (by default all). Summed axes keep the size 1. */
export function reduceSum(x: Value, axes: readonly number[] = x.shape.map((_, axis) => axis)): Value {
  if (axes.length === 0) return x;
  const front = axes.map((axis) => frontAxis(axis, x.shape.length));
  return x.graph.apply(reduceSumPrimitive, [x], { axes: front });
}

/** Inputs: the value, and one whose shape it is repeated to. */
export const expandLikePrimitive: Primitive<Record<string, never>> = {
  name: 'ExpandLike',
  shape: (inputs) => inputs[1]!.shape,
  gradient: ({ inputs: [x] }, grad) => [sumTo(grad, x!), undefined],
};

/** `x` repeated along its axes of size 1 until it has the shape of `like`. */
export function expandLike(x: Value, like: Value): Value {
  if (sameShape(x.shape, like.shape)) return x;
  return x.graph.apply(expandLikePrimitive, [x, like], {});
}

/** Undoes a broadcast: sums `grad` over the axes along which `x` was repeated. */
export function sumTo(grad: Value, x: Value): Value {
  const target: Shape = x.shape;
  if (sameShape(grad.shape, target)) return grad;
  const summed = reduceSum(grad, broadcastAxes(target, grad.shape));
  return sameShape(summed.shape, target) ? summed : reshape(summed, target, x);
}

/** Inputs: a value. Each element of the result is the sum of all up to it along `axis`, or with `reverse` from it on. */
export const runningSumPrimitive: Primitive<{ readonly axis: number; readonly reverse: boolean }> = {
  name: 'RunningSum',
  shape: ([x]) => x!.shape,
  gradient: ({ attributes: { axis, reverse } }, grad) => [runningSum(grad, axis, !reverse)],
};

export function runningSum(x: Value, axis: number, reverse = false): Value {
  return x.graph.apply(runningSumPrimitive, [x], { axis: frontAxis(axis, x.shape.length), reverse });
}
