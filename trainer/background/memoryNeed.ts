import type { LlamaConfig } from '../model/config.ts';
import { weightBytes } from '../model/weightMemory.ts';
import type { TrainSettings } from '../run/settings.ts';

/** The process itself, its test runs and the runtime's own buffers. */
const base = 400e6;
/** The weights as loaded, and in the sessions that read prompts, write tokens, score the reference and train. */
const copiesOfWeights = 5;
const float = 4;

/**
 * About how many bytes of memory a training takes: an estimate from the model's shape, on the high side. Per token of a
 * micro-batch the training graph keeps what its backward pass needs: some twenty vectors of the model's width and six of
 * its feed-forward's a layer, the attention matrix, and the logits where action tokens stand.
 */
export function memoryNeed(
  config: LlamaConfig,
  { microBatchTokens, memoryMegabytes, promptTokens, maxTokens }: TrainSettings,
): number {
  const { hiddenSize, intermediateSize, layers, heads, vocabSize } = config;
  const length = promptTokens + maxTokens;
  const layer = 20 * hiddenSize + 6 * intermediateSize + 3 * heads * length;
  const actionShare = maxTokens / length;
  const token = layers * layer + 3 * vocabSize * actionShare;
  const microBatch = Math.min(float * microBatchTokens * token, memoryMegabytes * 1e6);
  return base + copiesOfWeights * weightBytes(config, 'float32') + microBatch;
}
