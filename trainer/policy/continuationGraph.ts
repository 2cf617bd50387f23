import { Graph, type Value } from '../graph/graph.ts';
import { gather, reshape } from '../graph/ops.ts';
import type { LlamaConfig } from '../model/config.ts';
import { type Attention, cachedAttention, Llama } from '../model/llama.ts';

/**
 * Reads T more tokens of a text whose first tokens are cached. One graph serves a whole prompt (nothing cached), the
 * few tokens of a keystroke, and the single token of a decoding step, so that the weights are in memory once.
 *
 * Inputs: tokens and positions [1, T], mask [1, 1, T, T], cachedMask [1, 1, 1, C], row [1] (the token to predict
 * after), cachedKey.<layer> and cachedValue.<layer> [1, K, C, D]. Outputs: logits [1, V], key.<layer> and value.<layer> [1, K, T, D].
 */
export function continuationGraph(config: LlamaConfig): Record<string, Value> {
  const graph = new Graph();
  const outputs: Record<string, Value> = {};
  const llama = new Llama(graph, config);
  const cachedMask = graph.input('cachedMask', [1, 1, 1, 'C']);
  const cached = (name: string, layer: number) =>
    graph.input(`${name}.${layer}`, [1, config.keyValueHeads, 'C', config.headDim]);
  const attend = cachedAttention(cachedMask, cached, graph.input('mask', [1, 1, 'T', 'T']));
  const attention: Attention = (layer, query, key, value) => {
    outputs[`key.${layer}`] = key;
    outputs[`value.${layer}`] = value;
    return attend(layer, query, key, value);
  };
  const tokens = graph.input('tokens', [1, 'T'], 'int64');
  const hidden = llama.hidden(tokens, graph.input('positions', [1, 'T'], 'int64'), attention);
  const last = gather(reshape(hidden, ['T', config.hiddenSize]), graph.input('row', [1], 'int64'));
  return { logits: llama.logits(last), ...outputs };
}
