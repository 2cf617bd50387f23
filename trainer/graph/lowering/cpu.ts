/** The lowering for ONNX Runtime's CPU provider: the portable one with that provider's fused kernels. */
import { dataTypes } from '../onnx.ts';
import type { Lowering } from './lowering.ts';
import { portable, zerosOf } from './portable.ts';

const microsoft = { microsoft: true };

const rules: Lowering['rules'] = {
  ...portable.rules,
  MatMul: (model, { attributes: { transA, transB, alpha } }, inputs) => {
    if (!transA && !transB && alpha === 1) return model.node('MatMul', inputs);
    const flags = { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } };
    return model.node('FusedMatMul', inputs, flags, microsoft);
  },
  ToIndex: (model, _, [x]) => model.node('Cast', [x!], { to: dataTypes.int64 }),
  LogSoftmax: (model, _, inputs) => model.node('LogSoftmax', inputs, { axis: -1 }),
  RmsNorm: (model, { attributes: { epsilon } }, inputs) =>
    model.node('SimplifiedLayerNormalization', inputs, { axis: -1, epsilon: { float: epsilon } }),
  Silu: (model, _, inputs) => model.node('QuickGelu', inputs, { alpha: { float: 1 } }, microsoft),
  Rotary: (model, _, inputs) => model.node('RotaryEmbedding', inputs, {}, microsoft),
  // ScatterND adds in parallel on the CPU and may lose one of two additions to the same row.
  ScatterAdd: (model, { inputs }, [like, indices, rows]) => {
    const width = inputs[0]!.shape.slice(1) as number[];
    const rank = width.length + 1;
    const flat = model.node('Reshape', [rows!, model.constant([-1, ...width], [rank], 'int64')]);
    const column = model.node('Reshape', [
      indices!,
      model.constant([-1, ...width.map(() => 1)], [rank], 'int64'),
    ]);
    const spread = model.node('Expand', [column, model.node('Shape', [flat])]);
    return model.node('ScatterElements', [zerosOf(model, like!), spread, flat], {
      axis: 0,
      reduction: 'add',
    });
  },
};

export const cpu: Lowering = { rules, indexType: 'int64' };
