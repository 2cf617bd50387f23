/** Matrix products. */
import type { Primitive, Value } from '../graph.ts';
import { broadcastShapes, type Dim, type Shape } from '../shape.ts';
import { reshape } from './layout.ts';
import { sumTo } from './reduction.ts';

export interface MatMulAttributes {
  /** Whether the last two axes of the first (second) input are exchanged before the product. */
  readonly transA: boolean;
  readonly transB: boolean;
  /** A factor on the result. */
  readonly alpha: number;
}

/** (rows, columns) of a matrix, after an exchange. */
function matrix(shape: Shape, trans: boolean): [Dim, Dim] {
  const [rows, columns] = shape.slice(-2) as [Dim, Dim];
  return trans ? [columns, rows] : [rows, columns];
}

export const matMulPrimitive: Primitive<MatMulAttributes> = {
  name: 'MatMul',
  shape: ([a, b], { transA, transB }) => {
    const [rows, inner] = matrix(a!.shape, transA);
    const [innerB, columns] = matrix(b!.shape, transB);
    if (inner !== innerB) {
      throw new Error(`MatMul of [${a!.shape}] and [${b!.shape}]: inner sizes ${inner} and ${innerB} differ`);
    }
    return [...broadcastShapes(a!.shape.slice(0, -2), b!.shape.slice(0, -2)), rows, columns];
  },
  gradient: ({ inputs: [a, b], attributes: { transA, transB, alpha } }, grad) => {
    const gradA = transA
      ? matMul(b!, grad, { transA: transB, transB: true, alpha })
      : matMul(grad, b!, { transB: !transB, alpha });
    // A weight shared by all rows: one product over all rows at once instead of one a batch entry and a sum.
    const shared = b!.shape.length === 2 && a!.shape.length > 2 && !transA;
    const left = shared ? reshape(a!, [`rows(${a!.id})`, a!.shape.at(-1)!]) : a!;
    const right = shared ? reshape(grad, [`rows(${a!.id})`, grad.shape.at(-1)!]) : grad;
    const gradB = transB
      ? matMul(right, left, { transA: true, transB: transA, alpha })
      : matMul(left, right, { transA: !transA, alpha });
    return [sumTo(gradA, a!), sumTo(gradB, b!)];
  },
};

/** Matrix product over the last two axes, `alpha · op(a) · op(b)`; the axes before them are broadcast. */
export function matMul(a: Value, b: Value, attributes: Partial<MatMulAttributes> = {}): Value {
  return a.graph.apply(matMulPrimitive, [a, b], { transA: false, transB: false, alpha: 1, ...attributes });
}
