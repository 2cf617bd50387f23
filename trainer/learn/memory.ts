/** How much memory a micro-batch takes, told before it runs. */
import type { LlamaConfig } from '../model/config.ts';
import type { Episode } from '../rollout/episode.ts';
import { actionLength } from './batch.ts';
import { groupLayout, roundUp, tokensOf } from './groupLayout.ts';

const bytesPerNumber = 4;
/** Tensors of the logits' size that stand at once: logits, their log-softmax, its exponential. */
const logitTensors = 3;
/** Attention weights are kept, and their scores stand beside them for a while. */
const attentionTensors = 1.2;

/**
 * Bytes that one training step over `episodes` needs beside the model itself: what the forward pass keeps for the way
 * back, attention, and the logits of action tokens. Counted from the graph and rounded up; on SmolLM2-135M's shape
 * the process grew by 2.8 GB where this says 2.9, for 1,536 tokens and 512 actions.
 */
export function stepBytes(config: LlamaConfig, episodes: readonly Episode[]): number {
  const layout = groupLayout(episodes);
  const { hiddenSize, intermediateSize, heads, keyValueHeads, headDim, layers, vocabSize } = config;
  const perToken = 5 * (hiddenSize + heads * headDim) + 4 * intermediateSize + 6 * keyValueHeads * headDim;
  const { prompts, rows, promptLength: P, rowLength: S } = layout;
  const attention = attentionTensors * heads * (prompts.length * P * P + rows.length * S * (P + S));
  const actions = roundUp(episodes.reduce((sum, episode) => sum + actionLength(episode), 0));
  const logits = logitTensors * actions * vocabSize;
  return bytesPerNumber * (layers * (tokensOf(layout) * perToken + attention) + logits);
}
