/** Ops that compute each element by itself. Two inputs are broadcast against each other. */
import type { Primitive, Value } from '../graph.ts';
import { broadcastShapes } from '../shape.ts';
import { sumTo } from './reduction.ts';

type None = Record<string, never>;
type Gradient = Primitive<None>['gradient'];

function binary(name: string, gradient: Gradient): Primitive<None> {
  return { name, shape: ([a, b]) => broadcastShapes(a!.shape, b!.shape), gradient };
}

function unary(name: string, gradient: (y: Value, grad: Value, x: Value) => Value): Primitive<None> {
  return { name, shape: ([x]) => x!.shape, gradient: (y, grad) => [gradient(y, grad, y.inputs[0]!)] };
}

const applyUnary = (primitive: Primitive<None>) => (x: Value) => x.graph.apply(primitive, [x], {});
const applyBinary = (primitive: Primitive<None>) => (a: Value, b: Value) =>
  a.graph.apply(primitive, [a, b], {});

export const addPrimitive = binary('Add', ({ inputs: [a, b] }, grad) => [sumTo(grad, a!), sumTo(grad, b!)]);
export const subPrimitive = binary('Sub', ({ inputs: [a, b] }, grad) => [
  sumTo(grad, a!),
  sumTo(neg(grad), b!),
]);
export const mulPrimitive = binary('Mul', ({ inputs: [a, b] }, grad) => [
  sumTo(mul(grad, b!), a!),
  sumTo(mul(grad, a!), b!),
]);
export const divPrimitive = binary('Div', (y, grad) => {
  const [a, b] = y.inputs;
  return [sumTo(div(grad, b!), a!), sumTo(neg(div(mul(grad, y), b!)), b!)];
});

/** The smaller of two; where they are equal, the gradient goes to the first. */
export const minimumPrimitive = binary('Min', ({ inputs: [a, b] }, grad) => {
  const first = lessOrEqual(a!, b!);
  const zero = a!.graph.constant([0], []);
  return [sumTo(select(first, grad, zero), a!), sumTo(select(first, zero, grad), b!)];
});

/** Inputs are limited to `[low, high]`; the gradient passes only where they lie inside. */
export const clipPrimitive: Primitive<{ readonly low: number; readonly high: number }> = {
  name: 'Clip',
  shape: ([x]) => x!.shape,
  gradient: ({ inputs: [x], attributes: { low, high } }, grad) => {
    const { graph } = x!;
    const zero = graph.constant([0], []);
    const inside = select(lessOrEqual(graph.constant([low], []), x!), grad, zero);
    return [select(lessOrEqual(x!, graph.constant([high], [])), inside, zero)];
  },
};

export const lessOrEqualPrimitive: Primitive<None> = {
  ...binary('LessOrEqual', () => [undefined, undefined]),
  type: () => 'bool',
};

/** Inputs: a condition, the value where it holds, the value where it does not. */
export const selectPrimitive: Primitive<None> = {
  name: 'Select',
  shape: ([condition, a, b]) => broadcastShapes(condition!.shape, broadcastShapes(a!.shape, b!.shape)),
  type: ([, a]) => a!.type,
  gradient: ({ inputs: [condition, a, b] }, grad) => {
    const zero = grad.graph.constant([0], []);
    return [undefined, sumTo(select(condition!, grad, zero), a!), sumTo(select(condition!, zero, grad), b!)];
  },
};

export const negPrimitive = unary('Neg', (_, grad) => neg(grad));
export const expPrimitive = unary('Exp', (y, grad) => mul(grad, y));
export const logPrimitive = unary('Log', (_, grad, x) => div(grad, x));
export const sqrtPrimitive = unary('Sqrt', (y, grad) => div(scale(grad, 0.5), y));
export const reciprocalPrimitive = unary('Reciprocal', (y, grad) => neg(mul(grad, mul(y, y))));
export const sigmoidPrimitive = unary('Sigmoid', (y, grad) => mul(grad, mul(y, sub(one(y), y))));

const one = (x: Value) => x.graph.constant([1], []);

export const add = applyBinary(addPrimitive);
export const sub = applyBinary(subPrimitive);
export const mul = applyBinary(mulPrimitive);
export const div = applyBinary(divPrimitive);
export const minimum = applyBinary(minimumPrimitive);
export const lessOrEqual = applyBinary(lessOrEqualPrimitive);
export const neg = applyUnary(negPrimitive);
export const exp = applyUnary(expPrimitive);
export const log = applyUnary(logPrimitive);
export const sqrt = applyUnary(sqrtPrimitive);
export const reciprocal = applyUnary(reciprocalPrimitive);
export const sigmoid = applyUnary(sigmoidPrimitive);

/** `x` limited to `[low, high]`. */
export function clip(x: Value, low: number, high: number): Value {
  return x.graph.apply(clipPrimitive, [x], { low, high });
}

/** `a` where `condition` holds, otherwise `b`: unlike a product with a mask, it stops NaN and infinity. */
export function select(condition: Value, a: Value, b: Value): Value {
  return condition.graph.apply(selectPrimitive, [condition, a, b], {});
}

/** `x` times a number known when the graph is built. */
export function scale(x: Value, factor: number): Value {
  return factor === 1 ? x : mul(x, x.graph.constant([factor], []));
}
