/**
 * A reference interpreter of graphs: every primitive as its definition says, in float64, by the plainest loops. It
 * shares nothing with the lowerings, and checks every shape that a primitive's shape rule announced.
 */
import { reachable, type Value } from '../../../trainer/graph/graph.ts';
import type { Dim } from '../../../trainer/graph/shape.ts';
import { broadcast, build, element, type NdArray, sizeOf } from './ndarray.ts';

/** Computes one value; `sizes` tells what the names in shapes stand for. */
type Rule = (inputs: readonly NdArray[], value: Value, sizes: ReadonlyMap<string, number>) => NdArray;

const elementwise =
  (compute: (...numbers: number[]) => number): Rule =>
  (inputs) =>
    build(broadcast(inputs.map(({ shape }) => shape)), (index) =>
      compute(...inputs.map((input) => element(input, index))),
    );

/** Applies `compute` to each row along the last axis. */
const rowwise =
  (compute: (row: number[], inputs: readonly NdArray[], value: Value) => number[]): Rule =>
  (inputs, value) => {
    const { shape, data } = inputs[0]!;
    const width = shape.at(-1)!;
    const rows = Array.from({ length: data.length / width }, (_, row) =>
      compute(data.slice(row * width, (row + 1) * width), inputs, value),
    );
    return { shape, data: rows.flat() };
  };

const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const replaced = (index: readonly number[], axis: number, by: number) =>
  index.map((at, a) => (a === axis ? by : at));

function logSoftmax(row: readonly number[]): number[] {
  const highest = Math.max(...row);
  const total = highest + Math.log(sum(row.map((x) => Math.exp(x - highest))));
  return row.map((x) => x - total);
}

const rules: Readonly<Record<string, Rule>> = {
  Constant: (_, { attributes: { data, shape } }) => build(shape, (index) => element({ data, shape }, index)),

  Add: elementwise((a, b) => a! + b!),
  Sub: elementwise((a, b) => a! - b!),
  Mul: elementwise((a, b) => a! * b!),
  Div: elementwise((a, b) => a! / b!),
  Min: elementwise(Math.min),
  LessOrEqual: elementwise((a, b) => Number(a! <= b!)),
  Select: elementwise((condition, a, b) => (condition ? a! : b!)),
  Neg: elementwise((x) => -x!),
  Exp: elementwise(Math.exp),
  Log: elementwise(Math.log),
  Sqrt: elementwise(Math.sqrt),
  Reciprocal: elementwise((x) => 1 / x!),
  Sigmoid: elementwise(sigmoid),
  Silu: elementwise((x) => x! * sigmoid(x!)),
  SiluSlope: elementwise((x) => sigmoid(x!) * (1 + x! * (1 - sigmoid(x!)))),
  Clip: ([x], { attributes: { low, high } }) => ({
    shape: x!.shape,
    data: x!.data.map((number) => Math.max(low, Math.min(high, number))),
  }),

  Reshape: ([x, like], { shape }, sizes) => ({
    shape: like?.shape ?? inferredShape(shape, x!.data.length, sizes),
    data: x!.data,
  }),
  Transpose: ([x], { attributes: { permutation } }) =>
    build(
      permutation.map((axis: number) => x!.shape[axis]),
      (index) =>
        element(
          x!,
          x!.shape.map((_, axis) => index[permutation.indexOf(axis)]!),
        ),
    ),
  Concat: (inputs, { attributes: { axis } }) => {
    const shape = replaced(inputs[0]!.shape, axis, sum(inputs.map((input) => input.shape[axis]!)));
    return build(shape, (index) => {
      let at = index[axis]!;
      for (const input of inputs) {
        if (at < input.shape[axis]!) return element(input, replaced(index, axis, at));
        at -= input.shape[axis]!;
      }
      throw new Error('unreachable');
    });
  },
  Slice: ([x], { attributes: { axis, start, end } }) => {
    const size = x!.shape[axis]!;
    const [from, to] = [start, end].map((at) => Math.max(0, Math.min(size, at < 0 ? at + size : at)));
    return build(replaced(x!.shape, axis, to! - from!), (index) =>
      element(x!, replaced(index, axis, index[axis]! + from!)),
    );
  },
  Cut: ([x, like], { attributes: { axis, side } }) => {
    const [at, size] = [like!.shape[axis]!, x!.shape[axis]!];
    const start = side === 'before' ? 0 : at;
    return build(replaced(x!.shape, axis, side === 'before' ? at : size - at), (index) =>
      element(x!, replaced(index, axis, index[axis]! + start)),
    );
  },
  Uncut: ([part, x, like], { attributes: { axis, side } }) => {
    const at = like!.shape[axis]!;
    return build(x!.shape, (index) => {
      if (index[axis]! < at !== (side === 'before')) return 0;
      return element(part!, replaced(index, axis, index[axis]! - (side === 'before' ? 0 : at)));
    });
  },
  After: ([x]) => x!,
  Pad: ([x], { attributes: { axis, before, after } }) => {
    const size = x!.shape[axis]!;
    return build(replaced(x!.shape, axis, before + size + after), (index) => {
      const at = index[axis]! - before;
      return at >= 0 && at < size ? element(x!, replaced(index, axis, at)) : 0;
    });
  },

  ReduceSum: ([x], { attributes: { axes } }) => {
    const shape = x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const summed = x!.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    return build(shape, (index) =>
      sum(
        build(summed, (at) =>
          element(
            x!,
            at.map((a, axis) => a + index[axis]!),
          ),
        ).data,
      ),
    );
  },
  RunningSum: ([x], { attributes: { axis, reverse } }) =>
    build(x!.shape, (index) => {
      const end = x!.shape[axis]! - 1;
      const [from, to] = reverse ? [index[axis]!, end] : [0, index[axis]!];
      let total = 0;
      for (let at = from; at <= to; at++) total += element(x!, replaced(index, axis, at));
      return total;
    }),
  ToIndex: ([x]) => x!,
  ExpandLike: ([x, like]) => build(like!.shape, (index) => element(x!, index)),

  MatMul: ([a, b], { attributes: { transA, transB, alpha } }) => {
    const [rowsA, columnsA] = a!.shape.slice(-2);
    const inner = transA ? rowsA! : columnsA!;
    const rows = transA ? columnsA! : rowsA!;
    const columns = b!.shape.at(transB ? -2 : -1)!;
    const batch = broadcast([a!.shape.slice(0, -2), b!.shape.slice(0, -2)]);
    return build([...batch, rows, columns], (index) => {
      const before = index.slice(0, -2);
      const [row, column] = index.slice(-2) as [number, number];
      let total = 0;
      for (let k = 0; k < inner; k++) {
        const x = element(a!, transA ? [...before, k, row] : [...before, row, k]);
        total += x * element(b!, transB ? [...before, column, k] : [...before, k, column]);
      }
      return alpha * total;
    });
  },

  Gather: ([table, indices]) => {
    const rank = indices!.shape.length;
    return build([...indices!.shape, ...table!.shape.slice(1)], (index) =>
      element(table!, [element(indices!, index.slice(0, rank)), ...index.slice(rank)]),
    );
  },
  ScatterAdd: ([like, indices, rows]) => {
    const width = sizeOf(like!.shape.slice(1));
    const data = Array<number>(sizeOf(like!.shape)).fill(0);
    for (const [at, row] of indices!.data.entries()) {
      for (let i = 0; i < width; i++) data[row * width + i]! += rows!.data[at * width + i]!;
    }
    return { shape: like!.shape, data };
  },
  Pick: ([x, indices]) => build(indices!.shape, (index) => element(x!, [...index, element(indices!, index)])),
  Place: ([like, indices, values]) =>
    build(like!.shape, (index) => {
      const row = index.slice(0, -1);
      return index.at(-1) === element(indices!, row) ? element(values!, row) : 0;
    }),

  TargetLogp: ([logProbabilities, targets]) =>
    build(targets!.shape, (index) => element(logProbabilities!, [...index, element(targets!, index)])),
  Softmax: rowwise((row) => logSoftmax(row).map(Math.exp)),
  LogSoftmax: rowwise((row) => logSoftmax(row)),
  RmsNorm: rowwise((row, [, weight], { attributes: { epsilon } }) => {
    const root = Math.sqrt(sum(row.map((x) => x * x)) / row.length + epsilon);
    return row.map((x, i) => (x / root) * weight!.data[i]!);
  }),
  Rotary: ([x, positions, cosine, sine]) => {
    const half = x!.shape[3]! / 2;
    return build(x!.shape, (index) => {
      const [b, , t, d] = index as [number, number, number, number];
      const pair = d % half;
      const position = element(positions!, [b, t]);
      const [cos, sin] = [element(cosine!, [position, pair]), element(sine!, [position, pair])];
      const first = element(x!, replaced(index, 3, pair));
      const second = element(x!, replaced(index, 3, pair + half));
      return d < half ? first * cos - second * sin : second * cos + first * sin;
    });
  },
};

/** What a dimension is at run time, or nothing if a name in it is not known. */
function sizeOfDim(dim: Dim, sizes: ReadonlyMap<string, number>): number | undefined {
  if (typeof dim === 'number') return dim;
  const known = sizes.get(dim);
  if (known !== undefined) return known;
  for (const [sign, combine] of [
    ['+', (a: number, b: number) => a + b],
    ['*', (a: number, b: number) => a * b],
  ] as const) {
    if (!dim.includes(sign)) continue;
    const parts = dim.split(sign).map((part) => (/^\d+$/.test(part) ? Number(part) : sizeOfDim(part, sizes)));
    if (parts.every((part) => part !== undefined)) return parts.reduce(combine);
  }
  return undefined;
}

function inferredShape(shape: readonly Dim[], size: number, sizes: ReadonlyMap<string, number>): number[] {
  const known = shape.map((dim) => sizeOfDim(dim, sizes));
  const rest = size / sizeOf(known.map((dim) => dim ?? 1));
  return known.map((dim) => dim ?? rest);
}

/** Holds an announced shape against the real one; a name met for the first time takes the size it has here. */
function checkShape(value: Value, shape: readonly number[], sizes: Map<string, number>): void {
  const announced = value.shape.map((dim, axis) => {
    const size = sizeOfDim(dim, sizes);
    if (size === undefined) sizes.set(dim as string, shape[axis]!);
    return size ?? shape[axis]!;
  });
  if (announced.join() !== shape.join()) {
    throw new Error(
      `${value.primitive.name} announced [${value.shape}] = [${announced}] and made [${shape}]`,
    );
  }
}

/** The values of `outputs`, given those of the graph's inputs by name. */
export function evaluate<Name extends string>(
  outputs: Readonly<Record<Name, Value>>,
  feeds: Readonly<Record<string, NdArray>>,
): Record<Name, NdArray> {
  const sizes = new Map<string, number>();
  const known = new Map<Value, NdArray>();
  const order = reachable(Object.values(outputs));
  // All inputs first: they tell the sizes.
  for (const value of order.filter(({ primitive }) => primitive.name === 'Input')) {
    const fed = feeds[value.attributes.name];
    if (!fed) throw new Error(`nothing is fed to ${value.attributes.name}`);
    checkShape(value, fed.shape, sizes);
    known.set(value, fed);
  }
  for (const value of order) {
    if (known.has(value)) continue;
    const rule = rules[value.primitive.name];
    if (!rule) throw new Error(`the reference interpreter does not know ${value.primitive.name}`);
    const result = rule(
      value.inputs.map((input) => known.get(input)!),
      value,
      sizes,
    );
    checkShape(value, result.shape, sizes);
    known.set(value, result);
  }
  const names = Object.keys(outputs) as Name[];
  return Object.fromEntries(names.map((name) => [name, known.get(outputs[name])!])) as Record<Name, NdArray>;
}
