/** The graphs of sampling: reading prompts at once, and writing one token a sequence. */
import { Graph, type Value } from '../graph/graph.ts';
import { div, gather, reshape, softmax } from '../graph/ops.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { type Attention, cachedAttention, fullAttention, Llama } from '../model/llama.ts';
import { drawn } from './choiceGraph.ts';
import { groupAttention } from './groupAttention.ts';

/** Wraps an attention so that the keys and values it is given come out as `key.<layer>` and `value.<layer>`. */
function recorded(attention: Attention, outputs: Record<string, Value>): Attention {
  return (layer, query, key, value) => {
    outputs[`key.${layer}`] = key;
    outputs[`value.${layer}`] = value;
    return attention(layer, query, key, value);
  };
}

/** Probabilities of the next token [B, V], at the temperature that is an input. */
const probabilities = (llama: Llama, hidden: Value) =>
  softmax(llama.logits(div(hidden, hidden.graph.input('temperature', []))));

/**
 * Inputs: tokens and positions [B, T], mask [1, 1, T, T], temperature, and rows [B], the index (into B·T) of each
 * prompt's last token. Outputs: probabilities [B, V] after that token, key.<layer> and value.<layer> [B, K, T, D].
 */
export function promptGraph(config: LlamaConfig, lora?: LoraShape): Record<string, Value> {
  const graph = new Graph();
  const outputs: Record<string, Value> = {};
  const llama = new Llama(graph, config, lora);
  const attention = recorded(fullAttention(graph.input('mask', [1, 1, 'T', 'T'])), outputs);
  const tokens = graph.input('tokens', ['B', 'T'], 'int64');
  const hidden = llama.hidden(tokens, graph.input('positions', ['B', 'T'], 'int64'), attention);
  const last = gather(reshape(hidden, ['B*T', config.hiddenSize]), graph.input('rows', ['B'], 'int64'));
  return { probabilities: probabilities(llama, last), ...outputs };
}

/**
 * Inputs: tokens and positions [B, 1], temperature, mask [B, 1, 1, C], cachedKey.<layer> and cachedValue.<layer>
 * [B, K, C, D], and for `group` those of the shared prompts (see `groupAttention`), which C then leaves out.
 * Outputs: a token and its log-probability (see `drawn`, which has two inputs more), the new column of the cache,
 * key.<layer> and value.<layer> [B, K, 1, D], and last the probabilities [B, V] that the token is drawn of.
 */
export function tokenGraph(
  config: LlamaConfig,
  lora: LoraShape | undefined,
  prompts: 'own' | 'group',
): Record<string, Value> {
  const graph = new Graph();
  const outputs: Record<string, Value> = {};
  const llama = new Llama(graph, config, lora);
  const attention = prompts === 'group' ? groupAttention(graph, config) : ownAttention(graph, config);
  const tokens = graph.input('tokens', ['B', 1], 'int64');
  const positions = graph.input('positions', ['B', 1], 'int64');
  const hidden = llama.hidden(tokens, positions, recorded(attention, outputs));
  const shares = probabilities(llama, reshape(hidden, ['B', config.hiddenSize]));
  return { ...drawn(shares), ...outputs, probabilities: shares };
}

function ownAttention(graph: Graph, config: LlamaConfig): Attention {
  return cachedAttention(graph.input('mask', ['B', 1, 1, 'C']), (name, layer) =>
    graph.input(`${name}.${layer}`, ['B', config.keyValueHeads, 'C', config.headDim]),
  );
}
