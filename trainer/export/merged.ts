/** A model with its adapter added to its weights, as a Hugging Face directory of its own. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceJson } from '../files/replaceFile.ts';
import { AdapterSum } from '../model/adapterSum.ts';
import { configJson } from '../model/configJson.ts';
import { readGgufHeader } from '../model/gguf/header.ts';
import { isGguf } from '../model/gguf/isGguf.ts';
import { ggufTokenizer } from '../model/gguf/tokenizer.ts';
import type { OpenModel } from '../model/loadModel.ts';
import type { Adapter } from '../model/peft.ts';
import { type StoredType, writeSafetensorsFrom } from '../model/safetensors.ts';
import { expectedWeights } from '../model/weights.ts';

export interface MergeOptions {
  readonly signal?: AbortSignal;
  /** Tensors written so far. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Writes W + (alpha/rank)·B·A for every linear layer, and the rest as it is, one tensor in memory at a time. Numbers
 * are stored as the base model stores them, and those of blocks as float16.
 */
export async function writeMerged(
  directory: string,
  model: OpenModel,
  adapter: Adapter,
  { signal, onProgress }: MergeOptions = {},
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const { config, source } = model;
  const shapes = expectedWeights(config);
  const dtype = storedType(source.tensors.get('model.embed_tokens.weight')!.format);
  await using sums = await AdapterSum.create(adapter);
  let done = 0;
  await writeSafetensorsFrom(
    join(directory, 'model.safetensors'),
    shapes,
    async (name) => {
      signal?.throwIfAborted();
      const { data } = await sums.of(name, { shape: shapes.get(name)!, data: await source.read(name) });
      onProgress?.(++done);
      return data;
    },
    dtype,
  );
  await writeRest(directory, model, dtype);
}

function storedType(format: string): StoredType {
  return format === 'F32' || format === 'BF16' ? format : 'F16';
}

const besideWeights = /\.(json|jinja|txt|model)$|^LICENSE/;

/** Config and tokenizer: copied where the base model has them as files. */
async function writeRest(directory: string, { directory: base, config }: OpenModel, dtype: StoredType) {
  if (!isGguf(base)) {
    for (const name of await readdir(base)) {
      if (!besideWeights.test(name) || name === 'model.safetensors.index.json') continue;
      await copyFile(join(base, name), join(directory, name));
    }
    return;
  }
  const tokenizer = ggufTokenizer(base, readGgufHeader(base));
  await replaceJson(join(directory, 'config.json'), configJson(config, dtype));
  await replaceJson(join(directory, 'tokenizer.json'), tokenizer.tokenizer);
  await replaceJson(join(directory, 'tokenizer_config.json'), tokenizer.config);
}
