/**
 * Products with frozen matrices that are held in another form than float32: a few rows of the matrix at a time become
 * float32, so that there is never room for all of it in that form, which each program would keep: 1.2 times the model in
 * int8 for the head of SmolLM2-135M and the six places of a training where it is multiplied.
 */
import type { OnnxModel } from '../onnx.ts';
import { ints } from './portable.ts';

/** Rows of a matrix, from the one up to before the other. */
export type Rows = readonly [from: number, to: number];

/** 4 MB in float32, as large as a small model's other matrices. */
const pieceNumbers = 2 ** 20;

export function piecesOf([rows, columns]: readonly [number, number]): Rows[] {
  const step = Math.max(1, Math.floor(pieceNumbers / columns));
  return Array.from(
    { length: Math.ceil(rows / step) },
    (_, at): Rows => [at * step, Math.min(rows, (at + 1) * step)],
  );
}

/**
 * `x` times a matrix, or with `transB` its transpose. `product` writes that with some of its rows, which are to be made
 * after another value: the product before.
 */
export function inPieces(
  model: OnnxModel,
  x: string,
  transB: boolean,
  pieces: readonly Rows[],
  product: (x: string, rows: Rows, after: string) => string,
): string {
  let sum = '';
  const columns: string[] = [];
  for (const [at, rows] of pieces.entries()) {
    if (transB || pieces.length === 1) {
      columns.push(product(x, rows, columns.at(-1) ?? x));
      continue;
    }
    const [from, to] = rows.map((row) => ints(model, [row]));
    const part = product(model.node('Slice', [x, from!, to!, ints(model, [-1])]), rows, sum || x);
    sum = at === 0 ? part : model.node('Add', [sum, part]);
  }
  if (sum) return sum;
  return columns.length === 1 ? columns[0]! : model.node('Concat', columns, { axis: -1 });
}

/**
 * Rows of a tensor, cut out no earlier than the value `after` is there. The runtime would else begin with what depends on
 * inputs alone, and the whole model would stand in float32 before its first product.
 */
export function rowsAfter(model: OnnxModel, tensor: string, [from, to]: Rows, after: string): string {
  const nothing = model.node('Mul', [model.node('Size', [after]), ints(model, [0])]);
  const start = model.node('Add', [nothing, ints(model, [from])]);
  return model.node('Slice', [tensor, start, ints(model, [to]), ints(model, [0])]);
}
