import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { writeSafetensors } from '../../../trainer/model/safetensors.ts';
import { tokenizerConfig, tokenizerJson, trainMerges } from '../../../trainer/pretrain/bpe.ts';
import { initialWeights } from '../../../trainer/pretrain/initialWeights.ts';

const vocabulary = 266;

/** Writes a random model of one narrow layer with a tokenizer of its own. */
export async function writeTinyModel(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const text = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';
  const merges = trainMerges([text], vocabulary);
  const files = {
    'tokenizer.json': tokenizerJson(merges),
    'tokenizer_config.json': tokenizerConfig(),
    'config.json': {
      model_type: 'llama',
      vocab_size: vocabulary,
      hidden_size: 16,
      intermediate_size: 32,
      num_hidden_layers: 1,
      num_attention_heads: 2,
      num_key_value_heads: 1,
      max_position_embeddings: 256,
      tie_word_embeddings: true,
      bos_token_id: 0,
      eos_token_id: 0,
    },
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), JSON.stringify(content));
  }
  const weights = initialWeights(await readLlamaConfig(directory), 1);
  await writeSafetensors(join(directory, 'model.safetensors'), weights);
  return directory;
}
