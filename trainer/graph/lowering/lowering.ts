import type { Value } from '../graph.ts';
import type { OnnxModel } from '../onnx.ts';

/** Writes one value as ONNX nodes, given the names of its inputs, and answers the name of the result. */
export type Rule = (model: OnnxModel, value: Value, inputs: readonly string[]) => string;

/** How each primitive is written for one execution provider, by the primitive's name. */
export type Lowering = Readonly<Record<string, Rule>>;
