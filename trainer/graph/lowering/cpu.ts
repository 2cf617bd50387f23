/** The lowering for ONNX Runtime's CPU provider: the portable one with that provider's fused kernels. */
import type { Lowering } from './lowering.ts';
import { portable, zerosOf } from './portable.ts';

const microsoft = { microsoft: true };

export const cpu: Lowering = {
  ...portable,
  MatMul: (model, { attributes: { transA, transB, alpha } }, inputs) => {
    if (!transA && !transB && alpha === 1) return model.node('MatMul', inputs);
    const flags = { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } };
    return model.node('FusedMatMul', inputs, flags, microsoft);
  },
  LogSoftmax: (model, _, inputs) => model.node('LogSoftmax', inputs, { axis: -1 }),
  RmsNorm: (model, { attributes: { epsilon } }, inputs) =>
    model.node('SimplifiedLayerNormalization', inputs, { axis: -1, epsilon: { float: epsilon } }),
  Silu: (model, _, inputs) => model.node('QuickGelu', inputs, { alpha: { float: 1 } }, microsoft),
  Rotary: (model, _, inputs) => model.node('RotaryEmbedding', inputs, {}, microsoft),
  // ScatterND adds in parallel on the CPU and may lose one of two additions to the same row.
  ScatterAdd: (model, { inputs }, [like, indices, rows]) => {
    const unit = inputs[2]!.shape.length - inputs[1]!.shape.length;
    const width = inputs[2]!.shape.slice(-unit) as number[];
    const flat = model.node('Reshape', [rows!, model.constant([-1, ...width], [unit + 1], 'int64')]);
    const column = model.node('Reshape', [
      indices!,
      model.constant([-1, ...width.map(() => 1)], [unit + 1], 'int64'),
    ]);
    const spread = model.node('Expand', [column, model.node('Shape', [flat])]);
    return model.node('ScatterElements', [zerosOf(model, like!), spread, flat], {
      axis: 0,
      reduction: 'add',
    });
  },
};
