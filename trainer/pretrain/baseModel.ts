/** The embedded base model: its shape, its recipe, and the files that it becomes. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceJson } from '../files/replaceFile.ts';
import { readLlamaConfig } from '../model/config.ts';
import { writeSafetensors } from '../model/safetensors.ts';
import { prepareCorpus } from './corpus/prepare.ts';
import { type PretrainProgress, pretrain } from './pretrain.ts';

/** `config.json` of the base model: 4.66 million parameters, 9.3 MB in float16. */
export const baseConfig = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  vocab_size: 2048,
  hidden_size: 256,
  intermediate_size: 640,
  num_hidden_layers: 6,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  head_dim: 64,
  hidden_act: 'silu',
  max_position_embeddings: 512,
  rms_norm_eps: 1e-5,
  rope_theta: 10000,
  tie_word_embeddings: true,
  attention_bias: false,
  mlp_bias: false,
  bos_token_id: 0,
  eos_token_id: 0,
  torch_dtype: 'float16',
} as const;

/** Rows of 256 tokens, 32 a step: 8,192 tokens, of which padding is a few percent. */
export const recipe = { rows: 32, length: 256, peakLearningRate: 3e-3, warmupSteps: 100, saveEvery: 100 };

export interface BaseModelOptions {
  readonly seed: number;
  /** Optimizer steps of 4,096 tokens. */
  readonly steps: number;
  /** Where the libraries, the corpus and the checkpoints go. A stopped run found there is continued. */
  readonly cache: string;
  /** Where the finished model goes. A tokenizer that is already there is kept. */
  readonly output: string;
  readonly signal?: AbortSignal;
  readonly onCorpus?: (progress: { readonly phase: string; readonly done: number }) => void;
  readonly onProgress?: (progress: PretrainProgress) => void;
}

/** Trains the base model from nothing, and writes it to `output` in Hugging Face's form with its loss curve. */
export async function pretrainBaseModel(options: BaseModelOptions): Promise<void> {
  const { seed, steps, cache, output, signal, onCorpus, onProgress } = options;
  await mkdir(output, { recursive: true });
  await replaceJson(join(output, 'config.json'), baseConfig);
  const corpus = await prepareCorpus({
    seed,
    tokens: steps * recipe.rows * recipe.length,
    directory: cache,
    tokenizerDirectory: output,
    ...(signal ? { signal } : {}),
    ...(onCorpus ? { onProgress: onCorpus } : {}),
  });
  const directory = join(cache, `steps-${steps}-seed-${seed}`);
  const weights = await pretrain(
    { ...recipe, config: await readLlamaConfig(output), seed, steps },
    { train: corpus.file, validation: corpus.heldOutFile, directory },
    { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) },
  );
  await writeSafetensors(join(output, 'model.safetensors'), weights, { dtype: 'F16' });
  await copyFile(join(directory, 'loss.jsonl'), join(output, 'loss.jsonl'));
  await replaceJson(join(output, 'corpus.json'), corpus.report);
}
