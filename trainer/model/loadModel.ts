import { resolveModel } from '../hub/cache.ts';
import { type LlamaConfig, readLlamaConfig } from './config.ts';
import { type BaseWeights, readBaseWeights } from './frozen.ts';
import { readGgufConfig } from './gguf/config.ts';
import { isGguf } from './gguf/isGguf.ts';
import { Tokenizer } from './tokenizer.ts';
import type { WeightForm } from './weightForm.ts';
import { needMemory } from './weightMemory.ts';
import type { WeightSource } from './weightSource.ts';
import { openWeights, readWeights, type Weights } from './weights.ts';

/** A model whose files were checked, and whose weights still lie on the disk. */
export interface OpenModel {
  /** A directory in Hugging Face's form, or a GGUF file. */
  readonly directory: string;
  readonly config: LlamaConfig;
  readonly tokenizer: Tokenizer;
  readonly source: WeightSource;
}

/** A model in memory. */
export interface Model extends OpenModel {
  readonly weights: Weights;
}

/** The config of the model at `path`, a Hugging Face directory or a GGUF file. */
export function readConfig(path: string): Promise<LlamaConfig> {
  return isGguf(path) ? readGgufConfig(path) : readLlamaConfig(path);
}

/**
 * Reads and checks everything but the weights.
 *
 * @param name a directory, a GGUF file, or `org/name` of a model that was downloaded from the hub.
 * @throws HumanError that names what is wrong.
 */
export async function openModel(name: string): Promise<OpenModel> {
  const path = await resolveModel(name);
  const config = await readConfig(path);
  const tokenizer = await Tokenizer.load(path);
  return { directory: path, config, tokenizer, source: await openWeights(path, config) };
}

/** A model in memory whose weights may be in another form than float32. */
export interface BaseModel extends OpenModel {
  readonly weights: BaseWeights;
}

/** Opens a model and reads all its weights in a form. Throws a HumanError that names what is wrong with it. */
export async function loadBaseModel(name: string, form: WeightForm): Promise<BaseModel> {
  const model = await openModel(name);
  needMemory(model.directory, model.config, form);
  return { ...model, weights: await readBaseWeights(model.source, model.config, form) };
}

/** The same as float32. */
export async function loadModel(name: string): Promise<Model> {
  const model = await openModel(name);
  needMemory(model.directory, model.config, 'float32');
  return { ...model, weights: await readWeights(model.source, model.config) };
}
