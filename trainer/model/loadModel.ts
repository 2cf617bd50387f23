import { type LlamaConfig, readLlamaConfig } from './config.ts';
import { Tokenizer } from './tokenizer.ts';
import { loadWeights, type Weights } from './weights.ts';

/** A model in memory. */
export interface Model {
  readonly directory: string;
  readonly config: LlamaConfig;
  readonly weights: Weights;
  readonly tokenizer: Tokenizer;
}

/** Loads a model from a directory in Hugging Face's form. Throws a HumanError that names what is wrong with it. */
export async function loadModel(directory: string): Promise<Model> {
  const config = await readLlamaConfig(directory);
  const tokenizer = await Tokenizer.load(directory);
  return { directory, config, tokenizer, weights: await loadWeights(directory, config) };
}
