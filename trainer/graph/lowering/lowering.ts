import type { Value } from '../graph.ts';
import type { OnnxModel } from '../onnx.ts';

/** Writes one value as ONNX nodes, given the names of its inputs, and answers the name of the result. */
export type Rule = (model: OnnxModel, value: Value, inputs: readonly string[]) => string;

/** How a graph is written for one execution provider. */
export interface Lowering {
  /** By the primitive's name. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** What the graph's int64 values, all of them indices, are written and fed as. */
  readonly indexType: 'int32' | 'int64';
}
