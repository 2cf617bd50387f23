/** Ops that pick elements by index, and their counterparts that add them back. */
import type { Primitive, Value } from '../graph.ts';

type None = Record<string, never>;

/** Inputs: a table [N, …] and indices of any shape. Result: [indices…, …]. */
export const gatherPrimitive: Primitive<None> = {
  name: 'Gather',
  shape: ([table, indices]) => [...indices!.shape, ...table!.shape.slice(1)],
  gradient: ({ inputs: [table, indices] }, grad) => [scatterAdd(table!, indices!, grad), undefined],
};

/** Rows of `table` ([N, …]) at `indices` (int64, 0 ≤ i < N). */
export function gather(table: Value, indices: Value): Value {
  return table.graph.apply(gatherPrimitive, [table, indices], {});
}

/** Inputs: a value of the table's shape, indices, rows to add. The table's own numbers are not read. */
export const scatterAddPrimitive: Primitive<None> = {
  name: 'ScatterAdd',
  shape: ([table]) => table!.shape,
  type: () => 'float32',
  gradient: ({ inputs: [, indices] }, grad) => [undefined, undefined, gather(grad, indices!)],
};

/** Zeros of the shape of `like` ([N, …]), with `rows` ([indices…, …]) added at `indices`; repeated indices add up. */
export function scatterAdd(like: Value, indices: Value, rows: Value): Value {
  return like.graph.apply(scatterAddPrimitive, [like, indices, rows], {});
}

/** Inputs: values [..., V] and indices [...]. Result: [...]. */
export const pickPrimitive: Primitive<None> = {
  name: 'Pick',
  shape: ([, indices]) => indices!.shape,
  gradient: ({ inputs: [x, indices] }, grad) => [place(x!, indices!, grad), undefined],
};

/** From each row of `x` ([..., V]) the element at `indices` ([...], int64). */
export function pick(x: Value, indices: Value): Value {
  return x.graph.apply(pickPrimitive, [x, indices], {});
}

/** Inputs: a value of the result's shape [..., V], indices [...], values [...]. */
export const placePrimitive: Primitive<None> = {
  name: 'Place',
  shape: ([x]) => x!.shape,
  type: () => 'float32',
  gradient: ({ inputs: [, indices] }, grad) => [undefined, undefined, pick(grad, indices!)],
};

/** Zeros of the shape of `like` ([..., V]), with `values` ([...]) set at `indices` ([...]), one a row. */
export function place(like: Value, indices: Value, values: Value): Value {
  return like.graph.apply(placePrimitive, [like, indices, values], {});
}

/** Inputs: whole numbers. */
export const toIndexPrimitive: Primitive<None> = {
  name: 'ToIndex',
  shape: ([x]) => x!.shape,
  type: () => 'int64',
  gradient: () => [undefined],
};

/** Whole numbers, computed in float32, as indices. */
export function toIndex(x: Value): Value {
  return x.graph.apply(toIndexPrimitive, [x], {});
}
