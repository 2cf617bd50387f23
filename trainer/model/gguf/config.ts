/** The shape of a model from a GGUF file's metadata. */
import { z } from 'zod';
import { HumanError } from '../../../sandbox/humanError.ts';
import { readInChunks, withFile } from '../../files/readBytes.ts';
import type { LlamaConfig } from '../config.ts';
import { families, supportedFamilies } from '../families/families.ts';
import { type RopeScaling, yarnOf } from '../ropeScaling.ts';
import { decodeBlocks } from './blockFormats.ts';
import { type GgufHeader, readGgufHeader } from './header.ts';
import { count, entryOf } from './metadata.ts';

const positive = z.number().positive();

/** @throws HumanError for another architecture, and for one that differs in a way that is not supported. */
export async function readGgufConfig(path: string, header = readGgufHeader(path)): Promise<LlamaConfig> {
  const entry = <S extends z.ZodType>(key: string, schema: S) => entryOf(path, header, key, schema);
  const architecture = entry('general.architecture', z.string());
  const family = families.find(({ gguf }) => gguf === architecture);
  if (!family) {
    throw new HumanError(
      `${path}: its architecture is "${architecture}", which is not supported: choose a model of one of the ` +
        `families ${supportedFamilies}.`,
    );
  }
  const own = <S extends z.ZodType>(key: string, schema: S) => entry(`${architecture}.${key}`, schema);
  const refuse = (problem: string) =>
    new HumanError(`${path}: ${problem}, which is not supported: choose another model.`);

  if ((own('expert_count', count.optional()) ?? 0) > 0) throw refuse('it is a mixture of experts');
  const hiddenSize = own('embedding_length', count);
  const heads = own('attention.head_count', count);
  const headDim = own('attention.key_length', count.optional()) ?? hiddenSize / heads;
  const turned = own('rope.dimension_count', count.optional()) ?? headDim;
  if (turned !== headDim)
    throw refuse(`its rotary embedding turns ${turned} of ${headDim} numbers of a head`);
  const embedding = header.tensors.get('token_embd.weight');
  if (!embedding)
    throw new HumanError(`The model in ${path} lacks tensor token_embd.weight: download it again.`);

  const has = (name: string) => header.tensors.has(name);
  const bos = entry('tokenizer.ggml.bos_token_id', count.optional());
  const eos = ['eos', 'eot'].map((name) => entry(`tokenizer.ggml.${name}_token_id`, count.optional()));
  return {
    family,
    vocabSize: embedding.shape[0]!,
    hiddenSize,
    intermediateSize: own('feed_forward_length', count),
    layers: own('block_count', count),
    heads,
    keyValueHeads: own('attention.head_count_kv', count.optional()) ?? heads,
    headDim,
    ropeTheta: own('rope.freq_base', positive.optional()) ?? 10_000,
    ropeScaling: await ropeScalingOf(path, header, architecture, refuse),
    // Stored as float32: the decimal number that was meant.
    rmsNormEps: Number(own('attention.layer_norm_rms_epsilon', positive).toPrecision(6)),
    tieWordEmbeddings: !has('output.weight'),
    biases: {
      queryKeyValue: has('blk.0.attn_q.bias'),
      output: has('blk.0.attn_output.bias'),
      mlp: has('blk.0.ffn_gate.bias'),
    },
    maxPositions: own('context_length', count),
    ...(bos === undefined ? {} : { bosTokenId: bos }),
    eosTokenIds: [...new Set(eos.filter((id) => id !== undefined))],
  };
}

/** What other families' files add to YaRN, and the values that add nothing. */
const yarnExtras = [
  ['attn_factor', 1],
  ['yarn_attn_factor', 1],
  ['yarn_ext_factor', 1],
  ['yarn_log_multiplier', 0],
] as const;

async function ropeScalingOf(
  path: string,
  header: GgufHeader,
  architecture: string,
  refuse: (problem: string) => HumanError,
): Promise<RopeScaling> {
  const key = `${architecture}.rope.scaling`;
  const own = <S extends z.ZodType>(name: string, schema: S) =>
    entryOf(path, header, `${key}.${name}`, schema);
  const type = own('type', z.string().optional()) ?? 'none';
  const divisors = header.tensors.get('rope_freqs.weight');
  if (divisors) {
    const { format, shape, begin, bytes } = divisors;
    const values = new Float32Array(shape[0]!);
    await withFile(path, (file) =>
      readInChunks(file, begin, bytes, bytes, (all) => decodeBlocks(format, all, shape[0]!, values, 0)),
    );
    return { type: 'divisors', divisors: [...values] };
  }
  if (type === 'none') return { type };
  if (type === 'linear') return { type, factor: own('factor', positive) };
  if (type === 'yarn') {
    for (const [name, usual] of yarnExtras) {
      if ((own(name, z.number().optional()) ?? usual) !== usual)
        throw refuse(`its rotary scaling is yarn with ${name}`);
    }
    const factor = own('factor', positive);
    return yarnOf({
      factor,
      originalMaxPositions:
        own('original_context_length', count.optional()) ??
        entryOf(path, header, `${architecture}.context_length`, count),
      betaFast: own('yarn_beta_fast', positive.optional()),
      betaSlow: own('yarn_beta_slow', positive.optional()),
    });
  }
  throw refuse(`its rotary scaling is "${type}"`);
}
