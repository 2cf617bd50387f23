/**
 * Attention of one new token per sequence, where the sequences of a group share the cache of their prompt: it is read
 * once a group instead of once a sequence, which is most of what decoding reads.
 *
 * Axis letters: B sequences, G prompts of up to P tokens with up to n sequences each, C cached tokens of a sequence's
 * own, K key-value heads, R query heads a key-value head, D head size.
 */
import type { Graph, Value } from '../graph/graph.ts';
import { add, concat, cut, gather, matMul, mul, reshape, slice, softmax, transpose } from '../graph/ops.ts';
import type { Dim } from '../graph/shape.ts';
import type { LlamaConfig } from '../model/config.ts';
import type { Attention } from '../model/llama.ts';

/**
 * Inputs: promptKey.<layer> and promptValue.<layer> [G, K, P, D], promptMask [G, 1, 1, 1, P], slots [G, n], the
 * sequence at each place (any, where there is none), places [B], where in G·n each sequence is, width
 * [G, 1, n, 1, 1] and flatWidth [G·n, 1, 1, 1], all zeros, and what `cachedAttention` reads, with C own tokens.
 */
export function groupAttention(graph: Graph, config: LlamaConfig): Attention {
  const { keyValueHeads: K, headDim: D, heads } = config;
  const R = heads / K;
  const promptMask = graph.input('promptMask', ['G', 1, 1, 1, 'P']);
  const mask = graph.input('mask', ['B', 1, 1, 'C']);
  const slots = graph.input('slots', ['G', 'n'], 'int64');
  const places = graph.input('places', ['B'], 'int64');
  const widths = mul(add(graph.input('width', ['G', 1, 'n', 1, 1]), promptMask), ones(graph, [K, 1, R, 1]));
  const columns = reshape(promptMask, ['G', 1, 1, 'P']);
  const ofOne = slice(columns, 0, 0, 1, 1);
  const flat = mul(add(graph.input('flatWidth', ['G*n', 1, 1, 1]), ofOne), ones(graph, [K, R, 1]));

  return (layer, query, key, value) => {
    const cached = (name: string, shape: readonly Dim[]) => graph.input(`${name}.${layer}`, shape);
    const rows = reshape(query, ['B', K, R, D]);
    const score = (queries: Value, keys: Value) => matMul(queries, keys, { transB: true, alpha: D ** -0.5 });

    /** [B, K, R, …] → [G, K, n, R, …], and back. */
    const grouped = (x: Value) => transpose(gather(x, slots), [0, 2, 1, 3, 4]);
    const ungrouped = (x: Value, like?: Value) =>
      gather(reshape(transpose(x, [0, 2, 1, 3, 4]), ['G*n', K, R, x.shape[4]!], like), places);

    const promptKey = cached('promptKey', ['G', K, 'P', D]);
    const stacked = reshape(grouped(rows), ['G', K, `${R}*n`, D]);
    const promptScores = score(stacked, promptKey); // [G, K, R·n, P]
    const masked = add(reshape(promptScores, widths.shape, widths), promptMask);

    const past = add(score(rows, cached('cachedKey', ['B', K, 'C', D])), mask);
    const weights = softmax(concat([ungrouped(masked, flat), past, score(rows, key)], 3));

    const promptWeights = grouped(cut(weights, 3, columns, 'before', 'P'));
    const promptValue = cached('promptValue', ['G', K, 'P', D]);
    const fromPrompt = matMul(reshape(promptWeights, promptScores.shape, promptScores), promptValue);
    const ownWeights = cut(weights, 3, columns, 'after', 'C+1');
    const fromPast = matMul(slice(ownWeights, 3, 0, -1, 'C'), cached('cachedValue', ['B', K, 'C', D]));
    const fromPresent = matMul(slice(ownWeights, 3, -1, Number.MAX_SAFE_INTEGER, 1), value);
    const context = add(ungrouped(reshape(fromPrompt, ['G', K, 'n', R, D])), add(fromPast, fromPresent));
    return reshape(context, query.shape);
  };
}

const ones = (graph: Graph, shape: readonly number[]) =>
  graph.constant(Array<number>(shape.reduce((product, dim) => product * dim, 1)).fill(1), shape);
