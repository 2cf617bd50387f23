/**
 * Writes ONNX models: the few messages of onnx.proto (IR version 10) that a graph of ours needs.
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
import protobuf from 'protobufjs/minimal.js';
import type { ElementType } from './graph.ts';
import type { Shape } from './shape.ts';

const OPSET = 21;
const MICROSOFT = 'com.microsoft';
/** Element types of ONNX tensors: those of the graph, and the integers that a lowering may write. */
export type OnnxType = ElementType | 'int32';

/** The numbers by which ONNX, and its Cast, name them. */
export const dataTypes: Readonly<Record<OnnxType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
};

/** The bytes of `numbers` as ONNX stores them. */
function bytesOf(numbers: readonly number[], type: OnnxType): Uint8Array {
  switch (type) {
    case 'float32':
      return new Uint8Array(Float32Array.from(numbers).buffer);
    case 'int32':
      return new Uint8Array(Int32Array.from(numbers).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(numbers, BigInt).buffer);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(numbers);
    case 'float16':
      throw new Error(`constants are never ${type}`);
  }
}

/** Attribute values: whole numbers are written as INT, `{ float }` as FLOAT, text as STRING, lists as INTS. */
export type OnnxAttribute = number | string | { readonly float: number } | readonly number[];

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: OnnxType;
  readonly data: Uint8Array;
}

interface OnnxPort {
  readonly name: string;
  readonly shape: Shape;
  readonly type: OnnxType;
}

type Write = (writer: protobuf.Writer) => void;

/** Tensors of fewer bytes are written into the model. */
const outsideFrom = 4096;

/** Numbers of a model that lie outside of it: the runtime is given them where they are. */
export interface ExternalData {
  readonly path: string;
  readonly data: Uint8Array;
}

/** Collects nodes and tensors under unique names, and writes them as one model. */
export class OnnxModel {
  /**
   * The data of large tensors. Written into the model, they would be there as bytes of the message, of the whole text and
   * of what the runtime parses before it arranges them, and together exceed the 2 GB that a message may have.
   */
  readonly externalData: ExternalData[] = [];
  readonly #nodes: Write[] = [];
  readonly #tensors: Write[] = [];
  readonly #inputs: Write[] = [];
  readonly #outputs: Write[] = [];
  readonly #constants = new Map<string, string>();
  #names = 0;

  /** Adds a node with one output (or one of the given name) and answers the output's name. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: Record<string, OnnxAttribute> = {},
    options: { readonly microsoft?: boolean; readonly output?: string } = {},
  ): string {
    const output = options.output ?? `v${this.#names++}`;
    this.#nodes.push((writer) => {
      for (const input of inputs) writer.uint32(tag(1, 2)).string(input);
      writer.uint32(tag(2, 2)).string(output);
      writer.uint32(tag(4, 2)).string(opType);
      for (const [name, value] of Object.entries(attributes)) {
        message(writer, 5, (inner) => writeAttribute(inner, name, value));
      }
      if (options.microsoft) writer.uint32(tag(7, 2)).string(MICROSOFT);
    });
    return output;
  }

  /** A small tensor inside the model; equal ones are written once. */
  constant(data: readonly number[], shape: readonly number[], type: OnnxType = 'float32'): string {
    const key = `${type}[${shape}]${data.join(',')}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const name = `c${this.#names++}`;
    this.tensor({ name, shape, type, data: bytesOf(data, type) });
    this.#constants.set(key, name);
    return name;
  }

  /** A tensor that is part of the model, for example a frozen weight; `data` is not to change until the model is loaded. */
  tensor({ name, shape, type, data }: OnnxTensor): void {
    const outside = data.byteLength >= outsideFrom;
    if (outside) this.externalData.push({ path: name, data });
    this.#tensors.push((writer) => {
      for (const dim of shape) writer.uint32(tag(1, 0)).int64(dim);
      writer.uint32(tag(2, 0)).int32(dataTypes[type]);
      writer.uint32(tag(8, 2)).string(name);
      if (!outside) {
        writer.uint32(tag(9, 2)).bytes(data);
        return;
      }
      for (const [key, value] of Object.entries({
        location: name,
        offset: '0',
        length: `${data.byteLength}`,
      })) {
        message(writer, 13, (entry) => entry.uint32(tag(1, 2)).string(key).uint32(tag(2, 2)).string(value));
      }
      writer.uint32(tag(14, 0)).int32(1);
    });
  }

  input(port: OnnxPort): void {
    this.#inputs.push((writer) => writePort(writer, port));
  }

  output(port: OnnxPort): void {
    this.#outputs.push((writer) => writePort(writer, port));
  }

  /** The serialized ModelProto. */
  encode(): Uint8Array {
    const writer = protobuf.Writer.create();
    writer.uint32(tag(1, 0)).int64(10);
    writer.uint32(tag(2, 2)).string('reinforce');
    message(writer, 7, (graph) => {
      for (const node of this.#nodes) message(graph, 1, node);
      graph.uint32(tag(2, 2)).string('graph');
      for (const tensor of this.#tensors) message(graph, 5, tensor);
      for (const port of this.#inputs) message(graph, 11, port);
      for (const port of this.#outputs) message(graph, 12, port);
    });
    message(writer, 8, (opset) => opset.uint32(tag(1, 2)).string('').uint32(tag(2, 0)).int64(OPSET));
    message(writer, 8, (opset) => opset.uint32(tag(1, 2)).string(MICROSOFT).uint32(tag(2, 0)).int64(1));
    return writer.finish();
  }
}

const tag = (field: number, wireType: 0 | 2 | 5) => (field << 3) | wireType;

function message(writer: protobuf.Writer, field: number, write: Write): void {
  writer.uint32(tag(field, 2)).fork();
  write(writer);
  writer.ldelim();
}

function writeAttribute(writer: protobuf.Writer, name: string, value: OnnxAttribute): void {
  writer.uint32(tag(1, 2)).string(name);
  if (typeof value === 'number') {
    writer.uint32(tag(3, 0)).int64(value).uint32(tag(20, 0)).int32(2);
  } else if (typeof value === 'string') {
    writer.uint32(tag(4, 2)).string(value).uint32(tag(20, 0)).int32(3);
  } else if ('float' in value) {
    writer.uint32(tag(2, 5)).float(value.float).uint32(tag(20, 0)).int32(1);
  } else {
    for (const item of value) writer.uint32(tag(8, 0)).int64(item);
    writer.uint32(tag(20, 0)).int32(7);
  }
}

function writePort(writer: protobuf.Writer, { name, shape, type }: OnnxPort): void {
  writer.uint32(tag(1, 2)).string(name);
  message(writer, 2, (typeProto) =>
    message(typeProto, 1, (tensor) => {
      tensor.uint32(tag(1, 0)).int32(dataTypes[type]);
      message(tensor, 2, (shapeProto) => {
        for (const dim of shape) {
          message(shapeProto, 1, (inner) => {
            if (typeof dim === 'number') inner.uint32(tag(1, 0)).int64(dim);
            else inner.uint32(tag(2, 2)).string(dim);
          });
        }
      });
    }),
  );
}
