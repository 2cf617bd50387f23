/** Writes the benchmark's model as a GGUF file for llama.cpp: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Weights } from '../../../trainer/model/weights.ts';
import { config } from './smolLm2.ts';

export type GgufFormat = 'F32' | 'Q8_0';

const valueTypes = { uint32: 4, float32: 6, string: 8, array: 9, int32: 5 } as const;
const tensorTypes: Record<GgufFormat, number> = { F32: 0, Q8_0: 8 };
const alignment = 32;

const linear: Record<string, string> = {
  input_layernorm: 'attn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  post_attention_layernorm: 'ffn_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
};

function ggufName(name: string): string {
  if (name === 'model.embed_tokens.weight') return 'token_embd.weight';
  if (name === 'model.norm.weight') return 'output_norm.weight';
  const [, layer, module] = /^model\.layers\.(\d+)\.(.+)\.weight$/.exec(name)!;
  return `blk.${layer}.${linear[module!]}.weight`;
}

class Bytes {
  readonly #parts: Buffer[] = [];
  u32(x: number) {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(x);
    this.#parts.push(part);
  }
  f32(x: number) {
    const part = Buffer.alloc(4);
    part.writeFloatLE(x);
    this.#parts.push(part);
  }
  u64(x: number) {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(x));
    this.#parts.push(part);
  }
  text(x: string) {
    const part = Buffer.from(x);
    this.u64(part.length);
    this.#parts.push(part);
  }
  done(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Blocks of 32 numbers: a float16 scale and 32 signed bytes. */
function q8_0(data: Float32Array): Buffer {
  const out = Buffer.alloc((data.length / 32) * 34);
  for (let block = 0; block < data.length / 32; block++) {
    let largest = 0;
    for (let i = 0; i < 32; i++) largest = Math.max(largest, Math.abs(data[block * 32 + i]!));
    const scale = new Float16Array([largest / 127]);
    out.writeUInt16LE(new Uint16Array(scale.buffer)[0]!, block * 34);
    for (let i = 0; i < 32; i++) {
      const q = Math.round(data[block * 32 + i]! / (scale[0]! || 1));
      out.writeInt8(Math.max(-127, Math.min(127, q)), block * 34 + 2 + i);
    }
  }
  return out;
}

function header(weights: Weights, format: GgufFormat): Buffer {
  const bytes = new Bytes();
  const size = (name: string) => {
    const { data, shape } = weights.get(name)!;
    return shape.length > 1 && format === 'Q8_0' ? (data.length / 32) * 34 : data.length * 4;
  };
  const metadata: [string, () => void][] = [];
  const put = (name: string, type: keyof typeof valueTypes, write: () => void) =>
    metadata.push([
      name,
      () => {
        bytes.u32(valueTypes[type]);
        write();
      },
    ]);
  const list = (name: string, type: keyof typeof valueTypes, count: number, write: (at: number) => void) =>
    put(name, 'array', () => {
      bytes.u32(valueTypes[type]);
      bytes.u64(count);
      for (let at = 0; at < count; at++) write(at);
    });
  const text = (name: string, value: string) => put(name, 'string', () => bytes.text(value));
  const integer = (name: string, value: number) => put(name, 'uint32', () => bytes.u32(value));
  const real = (name: string, value: number) => put(name, 'float32', () => bytes.f32(value));
  text('general.architecture', 'llama');
  text('general.name', 'random');
  integer('llama.block_count', config.layers);
  integer('llama.context_length', config.maxPositions);
  integer('llama.embedding_length', config.hiddenSize);
  integer('llama.feed_forward_length', config.intermediateSize);
  integer('llama.attention.head_count', config.heads);
  integer('llama.attention.head_count_kv', config.keyValueHeads);
  integer('llama.rope.dimension_count', config.headDim);
  integer('llama.vocab_size', config.vocabSize);
  real('llama.attention.layer_norm_rms_epsilon', config.rmsNormEps);
  real('llama.rope.freq_base', config.ropeTheta);
  text('tokenizer.ggml.model', 'gpt2');
  text('tokenizer.ggml.pre', 'default');
  const { vocabSize } = config;
  list('tokenizer.ggml.tokens', 'string', vocabSize, (at) => bytes.text(at === 0 ? '<end>' : `t${at}`));
  list('tokenizer.ggml.token_type', 'int32', vocabSize, (at) => bytes.u32(at === 0 ? 3 : 1));
  list('tokenizer.ggml.merges', 'string', 1, () => bytes.text('t 1'));
  integer('tokenizer.ggml.bos_token_id', 0);
  integer('tokenizer.ggml.eos_token_id', 0);

  bytes.u32(0x46554747);
  bytes.u32(3);
  bytes.u64(weights.size);
  bytes.u64(metadata.length);
  for (const [name, value] of metadata) {
    bytes.text(name);
    value();
  }
  let offset = 0;
  for (const [name, { shape }] of weights) {
    bytes.text(ggufName(name));
    bytes.u32(shape.length);
    for (const dim of shape.toReversed()) bytes.u64(dim);
    bytes.u32(tensorTypes[shape.length > 1 ? format : 'F32']);
    bytes.u64(offset);
    offset += Math.ceil(size(name) / alignment) * alignment;
  }
  return bytes.done();
}

export async function writeGguf(path: string, weights: Weights, format: GgufFormat): Promise<void> {
  const stream = createWriteStream(path);
  const write = async (bytes: Uint8Array) => {
    if (!stream.write(bytes)) await once(stream, 'drain');
    const rest = bytes.length % alignment;
    if (rest) stream.write(Buffer.alloc(alignment - rest));
  };
  await write(header(weights, format));
  for (const { data, shape } of weights.values()) {
    const stored =
      shape.length > 1 && format === 'Q8_0'
        ? q8_0(data)
        : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    await write(stored);
  }
  stream.end();
  await once(stream, 'close');
}
