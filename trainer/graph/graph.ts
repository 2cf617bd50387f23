/**
 * The graph: values computed from other values by primitive ops.
 *
 * A graph only describes. `autodiff.ts` extends it with gradients, a lowering turns it into ONNX, and `program.ts`
 * runs that. Every value has one shape, which may hold names (`B`, `T`) for sizes known only at run time.
 */
import type { Shape } from './shape.ts';

/** Numbers in float16 and uint8 are moved about and widened; nothing is computed with them. */
export type ElementType = 'float32' | 'float16' | 'uint8' | 'int64' | 'bool';

/**
 * A primitive op: its rule for shapes and its gradient, side by side.
 *
 * The gradient is given a value of this op and the loss's gradient with respect to it, and answers with one graph
 * value per input (nothing for an input that has no gradient, such as an index). Gradients are graph themselves.
 */
export interface Primitive<A> {
  readonly name: string;
  readonly shape: (inputs: readonly Value[], attributes: A) => Shape;
  /** Element type of the result; by default that of the first input. */
  readonly type?: (inputs: readonly Value[], attributes: A) => ElementType;
  readonly gradient: (value: Value<A>, grad: Value) => readonly (Value | undefined)[];
}

/** One node of the graph and its only output. */
// biome-ignore lint/suspicious/noExplicitAny: attributes are typed where a primitive is defined and applied
export interface Value<A = any> {
  readonly graph: Graph;
  /** Position in the graph: every value comes after those that it is computed from. */
  readonly id: number;
  readonly primitive: Primitive<A>;
  readonly inputs: readonly Value[];
  readonly attributes: A;
  readonly shape: Shape;
  readonly type: ElementType;
}

export class Graph {
  readonly #inputs = new Map<string, Value>();
  #size = 0;

  /** A tensor that is fed at run time or, for a frozen weight, built into the compiled model. */
  input(name: string, shape: Shape, type: ElementType = 'float32'): Value {
    if (this.#inputs.has(name)) throw new Error(`the graph has two inputs named ${name}`);
    const value = this.#add(inputPrimitive, [], { name, shape, type });
    this.#inputs.set(name, value);
    return value;
  }

  get inputs(): ReadonlyMap<string, Value> {
    return this.#inputs;
  }

  /** A value known when the graph is built. `data` is in row-major order. */
  constant(data: readonly number[], shape: Shape, type: ElementType = 'float32'): Value {
    return this.#add(constantPrimitive, [], { data, shape, type });
  }

  apply<A>(primitive: Primitive<A>, inputs: readonly Value[], attributes: A): Value<A> {
    for (const input of inputs) {
      if (input.graph !== this) throw new Error(`${primitive.name} mixes values of two graphs`);
    }
    return this.#add(primitive, inputs, attributes);
  }

  #add<A>(primitive: Primitive<A>, inputs: readonly Value[], attributes: A): Value<A> {
    const shape = primitive.shape(inputs, attributes);
    const type = primitive.type?.(inputs, attributes) ?? inputs[0]?.type ?? 'float32';
    return { graph: this, id: this.#size++, primitive, inputs, attributes, shape, type };
  }
}

interface InputAttributes {
  readonly name: string;
  readonly shape: Shape;
  readonly type: ElementType;
}

const inputPrimitive: Primitive<InputAttributes> = {
  name: 'Input',
  shape: (_, { shape }) => shape,
  type: (_, { type }) => type,
  gradient: () => [],
};

interface ConstantAttributes {
  readonly data: readonly number[];
  readonly shape: Shape;
  readonly type: ElementType;
}

const constantPrimitive: Primitive<ConstantAttributes> = {
  name: 'Constant',
  shape: (_, { shape }) => shape,
  type: (_, { type }) => type,
  gradient: () => [],
};

/** All values that `outputs` are computed from, themselves included, in an order in which they can be computed. */
export function reachable(outputs: readonly Value[]): Value[] {
  const seen = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    pending.push(...value.inputs);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
