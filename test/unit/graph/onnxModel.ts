/** Reads back what was written as ONNX, and runs it. */
import * as ort from 'onnxruntime-node';
import protobuf from 'protobufjs/minimal.js';
import type { OnnxModel } from '../../../trainer/graph/onnx.ts';
import type { NdArray } from './ndarray.ts';

/** The op types of a model's nodes, `domain.Op` for those of a domain of their own. */
export function opTypes(model: OnnxModel): Set<string> {
  const types = new Set<string>();
  for (const graph of messages(model.encode(), 7)) {
    for (const node of messages(graph, 1)) {
      const [[opType], [domain]] = [messages(node, 4), messages(node, 7)];
      types.add([...(domain ? [text(domain)] : []), text(opType!)].join('.'));
    }
  }
  return types;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The length-delimited values of one field of a protobuf message. */
function messages(bytes: Uint8Array, field: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === ((field << 3) | 2)) found.push(reader.bytes());
    else reader.skipType(tag & 7);
  }
  return found;
}

/** Runs a model with the numbers of `feeds`, each of the type that the model wants. */
export async function runModel(
  model: OnnxModel,
  feeds: Readonly<Record<string, NdArray>>,
  options: ort.InferenceSession.SessionOptions,
): Promise<Record<string, NdArray>> {
  const session = await ort.InferenceSession.create(model.encode(), {
    externalData: model.externalData,
    logSeverityLevel: 3,
    ...options,
  });
  const tensors = session.inputMetadata.map((input): [string, ort.Tensor] => {
    const { shape, data } = feeds[input.name]!;
    switch (input.isTensor && input.type) {
      case 'int64':
        return [input.name, new ort.Tensor('int64', BigInt64Array.from(data, BigInt), shape)];
      case 'int32':
        return [input.name, new ort.Tensor('int32', Int32Array.from(data), shape)];
      default:
        return [input.name, new ort.Tensor('float32', Float32Array.from(data), shape)];
    }
  });
  const results = await session.run(Object.fromEntries(tensors));
  const answer = Object.entries(results).map(([name, { dims, data }]): [string, NdArray] => [
    name,
    { shape: dims, data: [...(data as Float32Array)] },
  ]);
  await session.release();
  return Object.fromEntries(answer);
}
