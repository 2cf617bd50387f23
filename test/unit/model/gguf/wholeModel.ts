/** Random models with a tokenizer as GGUF files, for tests that need all of a model. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LlamaConfig } from '../../../../trainer/model/config.ts';
import { families } from '../../../../trainer/model/families/families.ts';
import { type GgufHeader, readGgufHeader } from '../../../../trainer/model/gguf/header.ts';
import { ggufName } from '../../../../trainer/model/gguf/names.ts';
import { ggufRows, inverseOrder, reorderRows } from '../../../../trainer/model/gguf/rotaryRows.ts';
import { shuffledHeads } from '../../../../trainer/model/gguf/weights.ts';
import { type WrittenTensor, type WrittenValue, writeGguf } from '../../../../trainer/model/gguf/write.ts';
import { yarnOf } from '../../../../trainer/model/ropeScaling.ts';
import type { Tensor } from '../../../../trainer/model/safetensors.ts';
import { expectedWeights } from '../../../../trainer/model/weights.ts';
import { Random } from '../../../../trainer/random.ts';

const tokenizers = join(import.meta.dirname, '../../../../test-fixtures/golden/tokenizers');

export interface WholeModel {
  readonly config: LlamaConfig;
  readonly weights: ReadonlyMap<string, Tensor>;
}

/** Writes a model of two narrow layers; every weight is drawn, norms and biases too. With `yarn` its rotary embedding is stretched. */
export async function writeWholeGguf(
  path: string,
  familyName: string,
  kind: string,
  yarn?: { readonly factor: number; readonly originalMaxPositions: number },
): Promise<WholeModel> {
  const family = families.find(({ modelType }) => modelType === familyName)!;
  const { metadata } = readGgufHeader(join(tokenizers, `${kind}.gguf`));
  const tokens = metadata.get('tokenizer.ggml.tokens') as readonly string[];
  const config: LlamaConfig = {
    family,
    vocabSize: tokens.length,
    hiddenSize: 32,
    intermediateSize: 64,
    layers: 2,
    heads: 4,
    keyValueHeads: 2,
    // llama.cpp takes the heads of Qwen2 to be as wide as the hidden state together.
    headDim: familyName === 'qwen3' ? 16 : 8,
    ropeTheta: 10_000,
    ropeScaling: yarn ? yarnOf(yarn) : { type: 'none' },
    rmsNormEps: 1e-6,
    tieWordEmbeddings: true,
    biases: family.biases({ attention: false, mlp: false }),
    maxPositions: 256,
    eosTokenIds: [metadata.get('tokenizer.ggml.eos_token_id') as number],
  };
  const weights = drawWeights(config);
  await writeFloat32Gguf(path, { config, weights }, metadata);
  return { config, weights };
}

/** Writes a model as float32, with a tokenizer from another file's metadata. */
export async function writeFloat32Gguf(
  path: string,
  model: WholeModel,
  metadata: GgufHeader['metadata'],
): Promise<void> {
  const { config } = model;
  const { family, ropeScaling } = config;
  const tokenizer = <T>(name: string) => metadata.get(`tokenizer.ggml.${name}`) as T;
  const key = (name: string) => `${family.gguf}.${name}`;
  const entries: [string, WrittenValue][] = [
    ['general.architecture', { type: 'string', value: family.gguf }],
    [key('block_count'), { type: 'uint32', value: config.layers }],
    [key('context_length'), { type: 'uint32', value: config.maxPositions }],
    [key('embedding_length'), { type: 'uint32', value: config.hiddenSize }],
    [key('feed_forward_length'), { type: 'uint32', value: config.intermediateSize }],
    [key('attention.head_count'), { type: 'uint32', value: config.heads }],
    [key('attention.head_count_kv'), { type: 'uint32', value: config.keyValueHeads }],
    [key('attention.key_length'), { type: 'uint32', value: config.headDim }],
    [key('attention.value_length'), { type: 'uint32', value: config.headDim }],
    [key('attention.layer_norm_rms_epsilon'), { type: 'float32', value: config.rmsNormEps }],
    [key('rope.dimension_count'), { type: 'uint32', value: config.headDim }],
    [key('rope.freq_base'), { type: 'float32', value: config.ropeTheta }],
    ['tokenizer.ggml.model', { type: 'string', value: tokenizer<string>('model') }],
    ['tokenizer.ggml.pre', { type: 'string', value: tokenizer<string>('pre') }],
    ['tokenizer.ggml.tokens', { type: 'strings', value: tokenizer<string[]>('tokens') }],
    ['tokenizer.ggml.token_type', { type: 'int32s', value: tokenizer<number[]>('token_type') }],
    ['tokenizer.ggml.eos_token_id', { type: 'uint32', value: config.eosTokenIds[0]! }],
    ['tokenizer.ggml.bos_token_id', { type: 'uint32', value: config.eosTokenIds[0]! }],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
  ];
  const [merges, scores] = [
    tokenizer<string[] | undefined>('merges'),
    tokenizer<number[] | undefined>('scores'),
  ];
  if (merges) entries.push(['tokenizer.ggml.merges', { type: 'strings', value: merges }]);
  if (scores) entries.push(['tokenizer.ggml.scores', { type: 'float32s', value: scores }]);
  if (ropeScaling.type === 'yarn') {
    const { factor, originalMaxPositions } = ropeScaling;
    entries.push(
      [key('rope.scaling.type'), { type: 'string', value: 'yarn' }],
      [key('rope.scaling.factor'), { type: 'float32', value: factor }],
      [key('rope.scaling.original_context_length'), { type: 'uint32', value: originalMaxPositions }],
    );
  }
  await writeGguf(path, new Map(entries), tensorsOf(model));
}

function drawWeights(config: LlamaConfig): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  for (const [name, shape] of expectedWeights(config)) {
    const random = new Random('whole model', name);
    const spread = shape.length === 1 ? 0.3 : 2 / Math.sqrt(shape[1]!);
    const centre = name.includes('norm') ? 1 : 0;
    const size = shape.reduce((product, n) => product * n, 1);
    const data = Float32Array.from({ length: size }, () => centre + spread * (2 * random.uniform() - 1));
    weights.set(name, { shape, data });
  }
  return weights;
}

function tensorsOf({ config, weights }: WholeModel): Map<string, WrittenTensor> {
  return new Map(
    [...weights].map(([name, { shape, data }]) => {
      const heads = shuffledHeads(name, config);
      const rows = heads === undefined ? undefined : inverseOrder(ggufRows(shape[0]!, heads));
      const read = async () => (rows ? reorderRows(Float32Array.from(data), rows) : data);
      return [ggufName(name)!, { shape, read }];
    }),
  );
}

/** Texts to continue. */
export async function codeTexts(): Promise<string[]> {
  const { cases } = JSON.parse(await readFile(join(tokenizers, 'smollm.json'), 'utf8'));
  return cases
    .map(({ text }: { text: string }) => text)
    .filter((text: string) => text.length > 3 && text.length < 80)
    .slice(0, 20);
}
