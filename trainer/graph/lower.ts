/** Writes a graph as ONNX, for one execution provider. */
import { reachable, type Value } from './graph.ts';
import { lookups, rowsOf } from './lookups.ts';
import { BlockMatrices, type BlockPlace } from './lowering/blockMatrices.ts';
import { cpu } from './lowering/cpu.ts';
import type { Lowering } from './lowering/lowering.ts';
import { inPieces, piecesOf, type Rows, rowsAfter } from './lowering/pieces.ts';
import { ResidentMatrices } from './lowering/residentMatrices.ts';
import { dataTypes, OnnxModel, type OnnxType } from './onnx.ts';
import type { Frozen } from './program.ts';
import { type Resident, ResidentTensor } from './residentTensor.ts';
import type { Shape } from './shape.ts';

/**
 * Writes `outputs` and all that they are computed from as an ONNX model. ONNX Runtime computes the last output first, and
 * the others after it as each needs: the later an output, the shorter what it alone needs is kept.
 */
export function lower(
  outputs: Readonly<Record<string, Value>>,
  lowering: Lowering,
  frozen: ReadonlyMap<string, Frozen | Resident> = new Map(),
  blocks: BlockPlace = 'packed',
): OnnxModel {
  const model = new OnnxModel();
  const matrices = lowering === cpu ? new BlockMatrices(model, blocks) : new ResidentMatrices(model);
  const lookedUp = lowering === cpu && blocks === 'packed' ? lookups(outputs) : undefined;
  const names = new Map<Value, string>();
  const typeOf = ({ type }: Value): OnnxType => (type === 'int64' ? lowering.indexType : type);
  const isHalf = ({ primitive, attributes }: Value) =>
    primitive.name === 'Input' && holdsHalves(frozen.get(attributes.name));
  const isPacked = ({ primitive, attributes }: Value) =>
    primitive.name === 'Input' && frozen.get(attributes.name) instanceof Float32Array;
  for (const value of reachable(Object.values(outputs))) {
    const { name } = value.primitive;
    if (name === 'Input') {
      const input: string = value.attributes.name;
      const data = frozen.get(input);
      if (data instanceof ResidentTensor || data instanceof Uint16Array) {
        model.input({ name: input, shape: value.shape, type: isHalf(value) ? 'float16' : typeOf(value) });
      } else if (data && !(data instanceof Float32Array)) {
        matrices.add(value, data);
      } else if (data) {
        const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
        const shape = storedShape(value.shape, data.length);
        const use = lookedUp?.get(input)?.use;
        if (use) model.input({ name: rowsOf(input), shape, type: typeOf(value) });
        if (use !== 'rows alone') model.tensor({ name: input, shape, type: typeOf(value), data: bytes });
      } else {
        model.input({ name: input, shape: value.shape, type: typeOf(value) });
      }
      names.set(value, input);
    } else if (name === 'Constant') {
      names.set(value, model.constant(value.attributes.data, value.shape as number[], typeOf(value)));
    } else {
      const rule = lowering.rules[name];
      if (!rule) throw new Error(`no lowering for the primitive ${name}`);
      const named = value.inputs.map((input, at) => {
        const isRows = name === 'Gather' && at === 0 && isPacked(input) && lookedUp;
        return isRows ? rowsOf(names.get(input)!) : names.get(input)!;
      });
      const widened = (name: string) => model.node('Cast', [name], { to: dataTypes.float32 });
      if (name === 'Gather' && isHalf(value.inputs[0]!)) {
        names.set(value, widened(rule(model, value, named)));
        continue;
      }
      const direct = matrices.rule(value, named);
      if (direct !== undefined) {
        names.set(value, direct);
        continue;
      }
      const late = lowering === cpu;
      const float32 = (input: Value, after: string, rows?: Rows): string => {
        const own = names.get(input)!;
        if (!isHalf(input)) return matrices.has(input) ? matrices.dequantized(input, after, rows) : own;
        const all: Rows = [0, input.shape[0] as number];
        return widened(late ? rowsAfter(model, own, rows ?? all, after) : own);
      };
      const [, second] = value.inputs;
      if (
        late &&
        name === 'MatMul' &&
        !value.attributes.transA &&
        (isHalf(second!) || matrices.has(second!))
      ) {
        const pieces = piecesOf(second!.shape as [number, number]);
        const product = (x: string, rows: Rows, after: string) =>
          rule(model, value, [x, float32(second!, after, rows)]);
        names.set(value, inPieces(model, named[0]!, value.attributes.transB, pieces, product));
        continue;
      }
      // Other ops have them as inputs for their gradients alone.
      const reads = name === 'MatMul' || name === 'Gather';
      const inputs = value.inputs.map((input, at) =>
        reads && (isHalf(input) || matrices.has(input)) ? float32(input, named[1 - at]!) : named[at]!,
      );
      names.set(value, rule(model, value, inputs));
    }
  }
  for (const [name, value] of Object.entries(outputs)) {
    // WebGPU has no Identity of bytes, and Reshape in its place.
    if (value.type === 'uint8')
      model.node('Reshape', [names.get(value)!, same(model, value)], {}, { output: name });
    else model.node('Identity', [names.get(value)!], {}, { output: name });
    model.output({ name, shape: value.shape.map(plainDim), type: typeOf(value) });
  }
  return model;
}

const same = (model: OnnxModel, { shape }: Value): string =>
  model.constant(Array(shape.length).fill(0), [shape.length], 'int64');

const holdsHalves = (data: Frozen | Resident | undefined): boolean =>
  data instanceof Uint16Array || (data instanceof ResidentTensor && data.type === 'float16');

/** ONNX wants plain names; a size computed from a name (`2*T`) gets one of its own. */
const plainDim = (dim: number | string) =>
  typeof dim === 'string' ? dim.replaceAll(/[^A-Za-z0-9]/g, '_') : dim;

/** The shape of `count` stored numbers, of which one size may only be named. */
export function storedShape(shape: Shape, count: number): number[] {
  const known = shape.reduce<number>(
    (product, dim) => (typeof dim === 'number' ? product * dim : product),
    1,
  );
  return shape.map((dim) => (typeof dim === 'number' ? dim : count / known));
}
