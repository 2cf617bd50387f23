/** One or more small graphs for every primitive, in the configurations that its gradient or a lowering might get wrong. */
import { Graph, type Value } from '../../../trainer/graph/graph.ts';
import * as ops from '../../../trainer/graph/ops.ts';
import type { Shape } from '../../../trainer/graph/shape.ts';
import { build, type NdArray, randomArray } from './ndarray.ts';

/** One input of a case: its shape as the graph knows it, and a maker of numbers for it. */
interface CaseInput {
  readonly shape: Shape;
  readonly type: 'float32' | 'int64';
  readonly differentiated: boolean;
  readonly values: (...keys: readonly (string | number)[]) => NdArray;
}

export interface Case {
  readonly title: string;
  readonly inputs: readonly CaseInput[];
  readonly compute: (...inputs: Value[]) => Value;
}

/** Normal random numbers; `shape` may hold names, and then `size` says what they stand for. */
function real(shape: Shape, size = shape as readonly number[]): CaseInput {
  const values = (...keys: readonly (string | number)[]) => randomArray(size, ...keys);
  return { shape, type: 'float32', differentiated: true, values };
}

/** Random numbers of at least one half. */
function positive(shape: Shape, size?: readonly number[]): CaseInput {
  const input = real(shape, size);
  const values = (...keys: readonly (string | number)[]) => {
    const { shape, data } = input.values(...keys);
    return { shape, data: data.map((x) => 0.5 + Math.abs(x)) };
  };
  return { ...input, values };
}

/** Without a gradient: a table, a value read for its shape alone, a comparison's side. */
const fixed = (input: CaseInput): CaseInput => ({ ...input, differentiated: false });

function indices(numbers: readonly number[], shape: Shape, size = shape as readonly number[]): CaseInput {
  const values = () => ({ shape: size, data: numbers });
  return { shape, type: 'int64', differentiated: false, values };
}

/** The graph of a case, and numbers for its inputs, which are called x0, x1 and so on. */
export function caseGraph({ title, inputs, compute }: Case): {
  readonly graph: Graph;
  readonly result: Value;
  readonly differentiated: readonly Value[];
  readonly feeds: Record<string, NdArray>;
} {
  const graph = new Graph();
  const values = inputs.map(({ shape, type }, at) => graph.input(`x${at}`, shape, type));
  const result = compute(...values);
  return {
    graph,
    result,
    differentiated: values.filter((_, at) => inputs[at]!.differentiated),
    feeds: Object.fromEntries(inputs.map((input, at) => [`x${at}`, input.values(title, at)])),
  };
}

const one = (title: string, input: CaseInput, compute: (x: Value) => Value): Case => ({
  title,
  inputs: [input],
  compute,
});

const unary = (compute: (x: Value) => Value, make = real): Case[] => [
  one('a matrix', make([3, 4]), compute),
  one('named sizes', make(['B', 2, 'T'], [2, 2, 3]), compute),
];

function binary(compute: (a: Value, b: Value) => Value, make = real): Case[] {
  const pairs: [string, CaseInput, CaseInput][] = [
    ['equal shapes', make([3, 4]), make([3, 4])],
    ['the second repeated along a leading axis', make([2, 3, 4]), make([4])],
    ['the first repeated along a leading axis', make([4]), make([2, 3, 4])],
    ['both repeated', make([2, 1, 4]), make([3, 1])],
    ['the second a number', make([2, 3]), make([])],
    ['the first a number', make([]), make([2, 3])],
    ['named sizes', make(['B', 'T', 4], [2, 3, 4]), make(['B', 'T', 4], [2, 3, 4])],
    ['named sizes, the second repeated', make(['B', 'T', 4], [2, 3, 4]), make(['T', 1], [3, 1])],
    ['named sizes, the first repeated', make(['T', 4], [3, 4]), make(['B', 'T', 4], [2, 3, 4])],
  ];
  return pairs.map(([title, a, b]) => ({ title, inputs: [a, b], compute: (x, y) => compute(x!, y!) }));
}

function matMuls(): Case[] {
  const flags = [false, true].flatMap((transA) => [false, true].map((transB) => ({ transA, transB })));
  const sized = (rows: number, columns: number, trans: boolean) =>
    trans ? [columns, rows] : [rows, columns];
  const layouts: [string, readonly number[], readonly number[]][] = [
    ['two matrices', [], []],
    ['two batches', [2], [2]],
    ['two batches of batches', [2, 3], [2, 3]],
    ['a batch and one matrix', [2, 3], []],
    ['one matrix and a batch', [], [2]],
    ['the first batch repeated', [1], [3]],
    ['both batches repeated', [2, 1], [1, 3]],
    ['batches of different ranks', [2, 3], [3]],
  ];
  const known = layouts.flatMap(([title, batchA, batchB]) =>
    flags.map(({ transA, transB }, at): Case => {
      const alpha = at % 2 ? 0.7 : 1;
      return {
        title: `${title}${transA ? ', the first transposed' : ''}${transB ? ', the second transposed' : ''}, ×${alpha}`,
        inputs: [real([...batchA, ...sized(2, 3, transA)]), real([...batchB, ...sized(3, 4, transB)])],
        compute: (a, b) => ops.matMul(a!, b!, { transA, transB, alpha }),
      };
    }),
  );
  return [
    ...known,
    {
      title: 'tokens of named sizes and a shared weight',
      inputs: [real(['B', 'T', 4], [2, 3, 4]), real([5, 4])],
      compute: (x, w) => ops.matMul(x!, w!, { transB: true, alpha: 0.3 }),
    },
    {
      title: 'tokens of named sizes and a shared weight, not transposed',
      inputs: [real(['B', 'T', 4], [2, 3, 4]), real([4, 5])],
      compute: (x, w) => ops.matMul(x!, w!),
    },
    {
      title: 'attention scores of named sizes',
      inputs: [real(['B', 2, '3*T', 4], [2, 2, 9, 4]), real(['B', 2, 'T', 4], [2, 2, 3, 4])],
      compute: (q, k) => ops.matMul(q!, k!, { transB: true, alpha: 0.5 }),
    },
  ];
}

/** By the name of the exported primitive. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  addPrimitive: binary(ops.add),
  subPrimitive: binary(ops.sub),
  mulPrimitive: binary(ops.mul),
  divPrimitive: binary(ops.div, positive),
  minimumPrimitive: binary(ops.minimum),
  clipPrimitive: unary((x) => ops.clip(x, -0.4, 0.7)),
  lessOrEqualPrimitive: [
    {
      title: 'as a condition',
      inputs: [fixed(real([2, 3])), fixed(real([3])), real([2, 3]), real([2, 3])],
      compute: (a, b, x, y) => ops.select(ops.lessOrEqual(a!, b!), x!, y!),
    },
    {
      title: 'of equal numbers',
      inputs: [fixed(real([2, 3])), real([2, 3]), fixed(real([2, 3]))],
      compute: (a, x, y) => ops.select(ops.lessOrEqual(a!, a!), x!, y!),
    },
  ],
  selectPrimitive: [
    ['equal shapes', fixed(real([2, 3])), real([2, 3]), real([2, 3])] as const,
    ['sides repeated', fixed(real(['B', 3], [2, 3])), real([]), real(['B', 1], [2, 1])] as const,
    ['the condition repeated', fixed(real([3, 1])), real([2, 3, 4]), real([4])] as const,
  ].map(([title, condition, a, b]) => ({
    title,
    inputs: [condition, a, b],
    compute: (c, x, y) => ops.select(ops.lessOrEqual(c!, c!.graph.constant([0], [])), x!, y!),
  })),
  negPrimitive: unary(ops.neg),
  expPrimitive: unary(ops.exp),
  logPrimitive: unary(ops.log, positive),
  sqrtPrimitive: unary(ops.sqrt, positive),
  reciprocalPrimitive: unary(ops.reciprocal, positive),
  sigmoidPrimitive: unary(ops.sigmoid),

  reshapePrimitive: [
    one('known sizes', real([2, 6]), (x) => ops.reshape(x, [3, 4])),
    one('to fewer axes', real(['B', 'T', 4], [2, 3, 4]), (x) => ops.reshape(x, ['B*T', 4])),
    one('a known axis merged into a named one', real(['B', 2, 'T', 4], [2, 2, 3, 4]), (x) =>
      ops.reshape(x, ['B', '2*T', 4]),
    ),
    one('heads split', real(['B', 'T', 6], [2, 3, 6]), (x) => ops.reshape(x, ['B', 'T', 2, 3])),
    {
      title: 'to the shape of another value',
      inputs: [
        real(['B*T', 4], [6, 4]),
        fixed(real(['B', 'T'], [2, 3])),
        fixed(real(['B', 'T', 4], [2, 3, 4])),
      ],
      compute: (x, _, like) => ops.reshape(x!, ['B', 'T', 4], like!),
    },
  ],
  transposePrimitive: [
    one('a matrix', real([3, 4]), (x) => ops.transpose(x, [1, 0])),
    one('a cycle of three axes', real([2, 3, 4]), (x) => ops.transpose(x, [2, 0, 1])),
    one('heads', real(['B', 'T', 2, 3], [2, 4, 2, 3]), (x) => ops.transpose(x, [0, 2, 1, 3])),
  ],
  concatPrimitive: [
    {
      title: 'three sizes',
      inputs: [real([2, 1]), real([2, 3]), real([2, 2])],
      compute: (a, b, c) => ops.concat([a!, b!, c!], 1),
    },
    one('one value twice', real(['B', 3], [2, 3]), (x) => ops.concat([x, x], -1)),
    {
      title: 'a named size and a known one',
      inputs: [fixed(real(['B', 'C'], [2, 3])), fixed(real(['B', 1], [2, 1]))],
      compute: (a, b) => ops.concat([a!, b!], 1),
    },
    {
      title: 'two named sizes',
      inputs: [real([2, 'P', 3], [2, 2, 3]), real([2, 'S', 3], [2, 4, 3])],
      compute: (a, b) => ops.concat([a!, b!], 1),
    },
    one('a named size repeated', fixed(real([1, 1, 'T', 'T'], [1, 1, 3, 3])), (x) =>
      ops.concat([x, x, x], 2),
    ),
  ],
  slicePrimitive: [
    one('the middle', real([2, 5]), (x) => ops.slice(x, 1, 1, 4)),
    one('along the first axis', real([4, 'T'], [4, 3]), (x) => ops.slice(x, 0, 2, 4)),
    one('up to the last but one', real([2, 5]), (x) => ops.slice(x, -1, 0, -1)),
    one('the last two', real([2, 5]), (x) => ops.slice(x, 1, -2, Number.MAX_SAFE_INTEGER)),
    one('positions from the back', real(['B', 6], [2, 6]), (x) => ops.slice(x, 1, -4, -1)),
    one('of a named size', fixed(real(['B', 'C+1'], [2, 5])), (x) => ops.slice(x, 1, 0, -1, 'C')),
    one('the last of a named size', fixed(real(['B', 'C+1'], [2, 5])), (x) =>
      ops.slice(x, 1, -1, Number.MAX_SAFE_INTEGER, 1),
    ),
  ],
  cutPrimitive: (['before', 'after'] as const).flatMap((side) => [
    {
      title: `${side} the size of another value`,
      inputs: [real([2, 5, 3]), fixed(real([1, 'P'], [1, 2]))],
      compute: (x, like) => ops.cut(x!, 1, like!, side, 'S'),
    },
    {
      title: `${side} it, with nothing on the other side`,
      inputs: [real(['N', 3], [4, 3]), fixed(real(['P', 1], [side === 'before' ? 4 : 0, 1]))],
      compute: (x, like) => ops.cut(x!, 0, like!, side, 'S'),
    },
  ]),
  uncutPrimitive: (['before', 'after'] as const).map((side) => ({
    title: side,
    inputs: [
      real([2, 'S', 3], [2, side === 'before' ? 3 : 2, 3]),
      fixed(real([2, 5, 3])),
      fixed(real([1, 'P'], [1, 3])),
    ],
    compute: (part, x, like) => ops.uncut(part!, x!, 1, like!, side),
  })),
  padPrimitive: [
    one('both sides', real([2, 3]), (x) => ops.pad(x, 1, 1, 2)),
    one('before alone', real(['B', 3, 2], [2, 3, 2]), (x) => ops.pad(x, 1, 2, 0)),
    one('a named size', real(['T', 2], [3, 2]), (x) => ops.pad(x, 0, 1, 2)),
    one('a named size, before alone', real(['T', 2], [3, 2]), (x) => ops.pad(x, 0, 1, 0)),
  ],
  afterPrimitive: [
    {
      title: 'another value of its shape',
      inputs: [real(['B', 3], [2, 3]), fixed(real(['B', 3], [2, 3]))],
      compute: (x, earlier) => ops.after(x!, earlier!),
    },
  ],

  reduceSumPrimitive: [
    one('all axes', real([2, 3, 4]), (x) => ops.reduceSum(x)),
    one('the last axis', real(['B', 'T', 4], [2, 3, 4]), (x) => ops.reduceSum(x, [-1])),
    one('outer axes', real(['B', 3, 'T'], [2, 3, 4]), (x) => ops.reduceSum(x, [0, 2])),
  ],
  runningSumPrimitive: [
    one('along the last axis', real(['B', 4], [3, 4]), (x) => ops.runningSum(x, -1)),
    one('along the first, from the back', real([3, 'T'], [3, 2]), (x) => ops.runningSum(x, 0, true)),
  ],
  expandLikePrimitive: [
    {
      title: 'along known axes',
      inputs: [real([1, 3, 1]), fixed(real([2, 3, 4]))],
      compute: (x, like) => ops.expandLike(x!, like!),
    },
    {
      title: 'along a new axis and a named one',
      inputs: [real([1, 4]), fixed(real(['B', 'T', 4], [2, 3, 4]))],
      compute: (x, like) => ops.expandLike(x!, like!),
    },
  ],
  matMulPrimitive: matMuls(),

  toIndexPrimitive: [
    {
      title: 'whole numbers that pick rows',
      inputs: [
        real([3, 2]),
        fixed({ ...real(['B'], [4]), values: () => ({ shape: [4], data: [2, 0, 1, 2] }) }),
      ],
      compute: (table, at) => ops.gather(table!, ops.toIndex(at!)),
    },
  ],
  gatherPrimitive: [
    {
      title: 'rows, some of them repeatedly',
      inputs: [real([5, 4]), indices([0, 3, 3, 1, 3, 0], ['B', 'T'], [2, 3])],
      compute: (table, at) => ops.gather(table!, at!),
    },
    {
      title: 'rows of a table of named length',
      inputs: [real(['N', 4], [6, 4]), indices([5, 0, 5], ['A'], [3])],
      compute: (table, at) => ops.gather(table!, at!),
    },
    {
      title: 'matrices',
      inputs: [real([3, 2, 4]), indices([2, 2, 0], [3])],
      compute: (table, at) => ops.gather(table!, at!),
    },
    {
      title: 'numbers',
      inputs: [real([5]), indices([4, 0, 4, 1], [2, 2])],
      compute: (table, at) => ops.gather(table!, at!),
    },
  ],
  scatterAddPrimitive: [
    {
      title: 'rows, some of them to the same place',
      inputs: [
        fixed(real([5, 4])),
        indices([0, 3, 3, 1, 3, 0], ['B', 'T'], [2, 3]),
        real(['B', 'T', 4], [2, 3, 4]),
      ],
      compute: (like, at, rows) => ops.scatterAdd(like!, at!, rows!),
    },
    {
      title: 'matrices',
      inputs: [fixed(real(['N', 2, 4], [3, 2, 4])), indices([2, 2, 0], [3]), real([3, 2, 4])],
      compute: (like, at, rows) => ops.scatterAdd(like!, at!, rows!),
    },
  ],
  pickPrimitive: [
    {
      title: 'of a matrix',
      inputs: [real([3, 5]), indices([4, 0, 0], [3])],
      compute: (x, at) => ops.pick(x!, at!),
    },
    {
      title: 'of named sizes',
      inputs: [real(['B', 'A', 5], [2, 3, 5]), indices([4, 0, 1, 1, 1, 2], ['B', 'A'], [2, 3])],
      compute: (x, at) => ops.pick(x!, at!),
    },
  ],
  placePrimitive: [
    {
      title: 'into named sizes',
      inputs: [
        fixed(real(['B', 'A', 5], [2, 3, 5])),
        indices([4, 0, 1, 1, 1, 2], ['B', 'A'], [2, 3]),
        real(['B', 'A'], [2, 3]),
      ],
      compute: (like, at, values) => ops.place(like!, at!, values!),
    },
  ],

  softmaxPrimitive: unary(ops.softmax),
  logSoftmaxPrimitive: [
    ...unary(ops.logSoftmax),
    one('large numbers', real([2, 4]), (x) => ops.logSoftmax(ops.scale(x, 30))),
  ],
  targetLogpPrimitive: [
    {
      title: 'tokens of named sizes',
      inputs: [real(['B', 'A', 4], [2, 3, 4]), real([5, 4]), indices([4, 0, 1, 1, 1, 2], ['B', 'A'], [2, 3])],
      compute: (hidden, head, targets) => ops.targetLogp(hidden!, head!, targets!).logp,
    },
  ],
  rmsNormPrimitive: [
    {
      title: 'tokens',
      inputs: [real(['B', 'T', 6], [2, 3, 6]), real([6])],
      compute: (x, weight) => ops.rmsNorm(x!, weight!, 1e-5),
    },
    {
      title: 'a large epsilon',
      inputs: [real([3, 4]), real([4])],
      compute: (x, weight) => ops.rmsNorm(x!, weight!, 0.5),
    },
  ],
  siluPrimitive: unary(ops.silu),
  siluSlopePrimitive: [
    one('forward alone', fixed(real([3, 4])), (x) => x.graph.apply(ops.siluSlopePrimitive, [x], {})),
  ],
  rotaryPrimitive: [
    {
      title: 'heads at positions out of order',
      inputs: [
        real(['B', 2, 'T', 6], [2, 2, 3, 6]),
        indices([0, 4, 2, 3, 3, 1], ['B', 'T'], [2, 3]),
        fixed(angles(Math.cos)),
        fixed(angles(Math.sin)),
      ],
      compute: (x, positions, cosine, sine) => ops.rotary(x!, positions!, cosine!, sine!),
    },
  ],
};

/** A rotary table of five positions and three frequencies. */
function angles(of: (angle: number) => number): CaseInput {
  const values = () => build([5, 3], ([position, pair]) => of(position! * 10 ** -pair!));
  return { ...real(['P', 3], [5, 3]), values };
}
