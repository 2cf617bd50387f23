/**
 * A dimension: a size, or the name of one that is only known at run time.
 *
 * A multiple of a name is written `2*T`, so that merging a static dimension into a symbolic one keeps its meaning.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** `factor × dim`, in the canonical form `n*name`. */
export function timesDim(factor: number, dim: Dim): Dim {
  if (typeof dim === 'number') return factor * dim;
  if (factor === 1) return dim;
  const match = /^(\d+)\*(.+)$/.exec(dim);
  return match ? `${factor * Number(match[1])}*${match[2]}` : `${factor}*${dim}`;
}

/** The shape that results when `a` and `b` are broadcast together (NumPy's rule). Throws where they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new Error(`shapes [${a}] and [${b}] do not broadcast`);
  });
}

/** The axes along which a value of shape `from` was repeated to reach shape `to`. */
export function broadcastAxes(from: Shape, to: Shape): number[] {
  const missing = to.length - from.length;
  return to.flatMap((dim, axis) =>
    axis < missing || (from[axis - missing] === 1 && dim !== 1) ? [axis] : [],
  );
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/** Counts an axis from the front, also when it was given from the back (-1 is the last). */
export function frontAxis(axis: number, rank: number): number {
  const front = axis < 0 ? axis + rank : axis;
  if (front < 0 || front >= rank) throw new Error(`axis ${axis} is outside a value of rank ${rank}`);
  return front;
}
