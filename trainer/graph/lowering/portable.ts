/**
 * The lowering into standard ONNX ops alone, each of which ONNX Runtime's WebGPU provider runs without falling back
 * to the CPU. Other lowerings replace what their provider has in a faster form.
 *
 * WebGPU takes 64-bit indices, but has no op to reshape them: indices are 32-bit there.
 */
import type { Value } from '../graph.ts';
import { dataTypes, type OnnxModel } from '../onnx.ts';
import { reshapeTarget } from '../ops/layout.ts';
import type { Shape } from '../shape.ts';
import type { Lowering, Rule } from './lowering.ts';

const direct =
  (opType: string): Rule =>
  (model, _, inputs) =>
    model.node(opType, inputs);

export const ints = (model: OnnxModel, values: readonly number[]) =>
  model.constant(values, [values.length], 'int64');

/** Exchanges the last two axes where asked. */
function exchanged(model: OnnxModel, name: string, value: Value, trans: boolean): string {
  if (!trans) return name;
  const axes = value.shape.map((_, axis) => axis);
  const last = axes.length - 1;
  return model.node('Transpose', [name], { perm: [...axes.slice(0, -2), last, last - 1] });
}

/**
 * A product of rows with a matrix that is read from its other side, which Gemm does: weights have no exchanged copy, and
 * are not exchanged at each run either.
 */
function rowsByGemm(
  model: OnnxModel,
  a: string,
  rows: Shape,
  b: string,
  matrix: Shape,
  alpha: number,
): string {
  const [outputs, inputs] = matrix as [number, number];
  const flat = model.node('Reshape', [a, ints(model, [-1, inputs])]);
  const product = model.node('Gemm', [flat, b], { transB: 1, alpha: { float: alpha } });
  const named = rows.slice(0, -1).filter((dim) => typeof dim === 'string').length;
  const front = rows.slice(0, -1).map((dim) => (typeof dim === 'string' ? -1 : dim));
  if (named < 2) return model.node('Reshape', [product, ints(model, [...front, outputs])]);
  // A shape of two sizes that are only named can be had of nothing but a value of that shape.
  const [zero, one, last] = [ints(model, [0]), ints(model, [1]), ints(model, [rows.length - 1])];
  const column = model.node('Slice', [a, zero, one, last]);
  const like = model.node('Expand', [column, ints(model, [...front.map(() => 1), outputs])]);
  return model.node('Reshape', [product, model.node('Shape', [like])]);
}

/** Zeros of the run-time shape of `name`. */
export function zerosOf(model: OnnxModel, name: string): string {
  return model.node('Expand', [model.constant([0], []), model.node('Shape', [name])]);
}

function cutAt(model: OnnxModel, x: string, like: string, axis: number, side: 'before' | 'after'): string {
  const at = model.node('Shape', [like], { start: axis, end: axis + 1 });
  const [start, end] =
    side === 'before' ? [ints(model, [0]), at] : [at, ints(model, [Number.MAX_SAFE_INTEGER])];
  return model.node('Slice', [x, start, end, ints(model, [axis])]);
}

export const scaledBy = (model: OnnxModel, name: string, factor: number) =>
  factor === 1 ? name : model.node('Mul', [name, model.constant([factor], [])]);

const rules: Lowering['rules'] = {
  Add: direct('Add'),
  Sub: direct('Sub'),
  Mul: direct('Mul'),
  Div: direct('Div'),
  Min: direct('Min'),
  Neg: direct('Neg'),
  Exp: direct('Exp'),
  Log: direct('Log'),
  Sqrt: direct('Sqrt'),
  Reciprocal: direct('Reciprocal'),
  Sigmoid: direct('Sigmoid'),
  LessOrEqual: direct('LessOrEqual'),
  Select: direct('Where'),
  Clip: (model, { attributes: { low, high } }, [x]) =>
    model.node('Clip', [x!, model.constant([low], []), model.constant([high], [])]),

  Reshape: (model, { inputs, shape }, [x, like]) => {
    const target = reshapeTarget(inputs[0]!.shape, shape);
    return model.node('Reshape', [x!, target ? ints(model, target) : model.node('Shape', [like!])]);
  },
  // The shape is what is waited for: the numbers are neither read nor copied.
  After: (model, _, [x, earlier]) => model.node('Reshape', [x!, model.node('Shape', [earlier!])]),
  Transpose: (model, { attributes }, inputs) =>
    model.node('Transpose', inputs, { perm: attributes.permutation }),
  Concat: (model, { attributes: { axis } }, inputs) => model.node('Concat', inputs, { axis }),
  Slice: (model, { attributes: { axis, start, end } }, [x]) =>
    model.node('Slice', [x!, ints(model, [start]), ints(model, [end]), ints(model, [axis])]),
  Cut: (model, { attributes: { axis, side } }, [x, like]) => cutAt(model, x!, like!, axis, side),
  Uncut: (model, { attributes: { axis, side } }, [part, x, like]) => {
    const rest = zerosOf(model, cutAt(model, x!, like!, axis, side === 'before' ? 'after' : 'before'));
    return model.node('Concat', side === 'before' ? [part!, rest] : [rest, part!], { axis });
  },
  Pad: (model, { attributes: { axis, before, after } }, [x]) =>
    model.node('Pad', [x!, ints(model, [before, after]), '', ints(model, [axis])]),

  ReduceSum: (model, { attributes: { axes } }, [x]) =>
    model.node('ReduceSum', [x!, ints(model, axes)], { keepdims: 1 }),
  RunningSum: (model, { attributes: { axis, reverse } }, [x]) =>
    model.node('CumSum', [x!, model.constant([axis], [], 'int32')], { reverse: Number(reverse) }),
  ExpandLike: (model, _, [x, like]) => model.node('Expand', [x!, model.node('Shape', [like!])]),

  MatMul: (model, { inputs, attributes: { transA, transB, alpha } }, [a, b]) => {
    if (inputs.every((input) => input.shape.length === 2)) {
      const flags = { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } };
      return model.node('Gemm', [a!, b!], flags);
    }
    const [rows, matrix] = inputs.map(({ shape }) => shape) as [Shape, Shape];
    const known = matrix.length === 2 && matrix.every((dim) => typeof dim === 'number');
    if (known && transB && !transA) return rowsByGemm(model, a!, rows, b!, matrix, alpha);
    const left = exchanged(model, a!, inputs[0]!, transA);
    const right = exchanged(model, b!, inputs[1]!, transB);
    return scaledBy(model, model.node('MatMul', [left, right]), alpha);
  },

  ToIndex: (model, _, [x]) => model.node('Cast', [x!], { to: dataTypes.int32 }),
  Gather: (model, _, inputs) => model.node('Gather', inputs, { axis: 0 }),
  ScatterAdd: (model, _, [like, indices, rows]) => {
    const column = model.node('Unsqueeze', [indices!, ints(model, [-1])]);
    // ScatterND alone insists on 64 bits.
    const wide = model.node('Cast', [column], { to: dataTypes.int64 });
    return model.node('ScatterND', [zerosOf(model, like!), wide, rows!], { reduction: 'add' });
  },
  Pick: (model, _, [x, indices]) => {
    const column = model.node('Unsqueeze', [indices!, ints(model, [-1])]);
    return model.node('Squeeze', [
      model.node('GatherElements', [x!, column], { axis: -1 }),
      ints(model, [-1]),
    ]);
  },
  Place: (model, _, [like, indices, values]) => {
    const last = ints(model, [-1]);
    const column = model.node('Unsqueeze', [indices!, last]);
    return model.node(
      'ScatterElements',
      [zerosOf(model, like!), column, model.node('Unsqueeze', [values!, last])],
      {
        axis: -1,
      },
    );
  },

  TargetLogp: (model, value, [logProbabilities, targets]) =>
    rules.Pick!(model, value, [logProbabilities!, targets!]),
  Softmax: (model, _, inputs) => model.node('Softmax', inputs, { axis: -1 }),
  LogSoftmax: (model, _, [x]) => {
    const last = ints(model, [-1]);
    const shifted = model.node('Sub', [x!, model.node('ReduceMax', [x!, last], { keepdims: 1 })]);
    const total = model.node('ReduceSum', [model.node('Exp', [shifted]), last], { keepdims: 1 });
    return model.node('Sub', [shifted, model.node('Log', [total])]);
  },
  RmsNorm: (model, { attributes: { epsilon } }, [x, weight]) => {
    const square = model.node('Mul', [x!, x!]);
    const mean = model.node('ReduceMean', [square, ints(model, [-1])], { keepdims: 1 });
    const root = model.node('Sqrt', [model.node('Add', [mean, model.constant([epsilon], [])])]);
    return model.node('Mul', [model.node('Div', [x!, root]), weight!]);
  },
  Silu: (model, _, [x]) => model.node('Mul', [x!, model.node('Sigmoid', [x!])]),
  SiluSlope: (model, _, [x]) => {
    const one = model.constant([1], []);
    const sigmoid = model.node('Sigmoid', [x!]);
    const rest = model.node('Mul', [x!, model.node('Sub', [one, sigmoid])]);
    return model.node('Mul', [sigmoid, model.node('Add', [one, rest])]);
  },
  Rotary: (model, { shape }, [x, positions, cosine, sine]) => {
    const half = (shape.at(-1) as number) / 2;
    const heads = ints(model, [1]);
    // [P, D/2] → [B, T, D/2] → [B, 1, T, D/2]
    const cos = model.node('Unsqueeze', [model.node('Gather', [cosine!, positions!]), heads]);
    const sin = model.node('Unsqueeze', [model.node('Gather', [sine!, positions!]), heads]);
    const part = (start: number) =>
      model.node('Slice', [x!, ints(model, [start]), ints(model, [start + half]), ints(model, [3])]);
    const [first, second] = [part(0), part(half)];
    const mul = (a: string, b: string) => model.node('Mul', [a, b]);
    const turnedFirst = model.node('Sub', [mul(first, cos), mul(second, sin)]);
    const turnedSecond = model.node('Add', [mul(second, cos), mul(first, sin)]);
    return model.node('Concat', [turnedFirst, turnedSecond], { axis: 3 });
  },
};

export const portable: Lowering = { rules, indexType: 'int32' };
