/**
 * Sequences that begin alike, computed once as far as they do.
 *
 * Axis letters: G prefixes of P tokens, B continuations of S tokens, each of one prefix; N = G·P + B·S tokens in all,
 * prefixes first; K key-value heads, R query heads a key-value head, D head size.
 *
 * Whatever treats tokens one by one (norms, linear layers) sees N tokens. Attention alone takes them apart:
 * prefixes attend to themselves, continuations to their prefix and themselves. Gradients flow back into the prefixes
 * from all their continuations.
 */
import type { Graph, Value } from '../graph/graph.ts';
import { add, concat, cut, matMul, mul, reduceSum, reshape, softmax, transpose } from '../graph/ops.ts';
import { type Dim, timesDim } from '../graph/shape.ts';
import type { Attention } from './llama.ts';

/** The inputs of a graph whose sequences share prefixes. */
export interface SharedPrefixInputs {
  /** What each token is, and where in its sequence it stands: [N, 1]. */
  readonly tokens: Value;
  readonly positions: Value;
  /** Added to the scores of prefixes, [G, 1, P, P], and of continuations, [B, 1, S, P+S]: 0 or very negative. */
  readonly prefixMask: Value;
  readonly mask: Value;
  /** 1 where a continuation (row) is one of a prefix (column), otherwise 0: [B, G]. */
  readonly members: Value;
}

export const allTokens = 'G*P+B*S';

export function sharedPrefixInputs(graph: Graph): SharedPrefixInputs {
  return {
    tokens: graph.input('tokens', [allTokens, 1], 'int64'),
    positions: graph.input('positions', [allTokens, 1], 'int64'),
    prefixMask: graph.input('prefixMask', ['G', 1, 'P', 'P']),
    mask: graph.input('mask', ['B', 1, 'S', 'P+S']),
    members: graph.input('members', ['B', 'G']),
  };
}

/** Attention over all tokens: `query` is [N, K·R, 1, D], `key` and `value` are [N, K, 1, D]. */
export function sharedPrefixAttention({ prefixMask, mask, members }: SharedPrefixInputs): Attention {
  // One number a token, for sizes that reshapes cannot tell otherwise: [G, P, 1, 1] and [B, S, 1, 1].
  const [prefixRows, ownRows] = [prefixMask, mask].map((x) => transpose(reduceSum(x, [3]), [0, 2, 1, 3]));
  const prefixCount = reshape(prefixRows!, ['G*P', 1, 1, 1]);
  const before = (x: Value) => cut(x, 0, prefixCount, 'before', 'G*P');
  const after = (x: Value) => cut(x, 0, prefixCount, 'after', 'B*S');

  return (_, query, key, value) => {
    const [, heads, , D] = query.shape as [Dim, number, 1, number];
    const K = key.shape[1] as number;
    const R = heads / K;

    /** A value of the shape [B, S, K, R, D]. */
    const headsOf = (rows: Value) => {
      const [batch, length] = rows.shape as [Dim, Dim];
      return shaped(reshape(rows, [batch, length, 1, 1, 1]), [K, R, D]);
    };
    const [prefixHeads, ownHeads] = [headsOf(prefixRows!), headsOf(ownRows!)];
    /** [B·S, K·R, 1, D] → [B, K, R·S, D]: the query heads that share a key head are stacked as rows of one matrix. */
    const stack = (x: Value, like: Value) => {
      const [batch, length] = like.shape as [Dim, Dim];
      const byHead = transpose(reshape(x, like.shape, like), [0, 2, 3, 1, 4]);
      return reshape(byHead, [batch, K, timesDim(R, length), D]);
    };
    /** [B·S, K, 1, D] → [B, K, S, D] */
    const byHead = (x: Value, rows: Value) => {
      const like = shaped(rows, [K, D]);
      return transpose(reshape(x, like.shape, like), [0, 2, 1, 3]);
    };
    /** → [B·S, K·R, 1, D] */
    const attend = (queries: Value, like: Value, keys: Value, values: Value, blocked: Value) => {
      const [batch, , length] = blocked.shape as [string, 1, string];
      const scores = matMul(queries, keys, { transB: true, alpha: D ** -0.5 });
      const rows = R === 1 ? blocked : concat(Array<Value>(R).fill(blocked), 2);
      const context = matMul(softmax(add(scores, rows)), values);
      const unstacked = transpose(reshape(context, [batch, K, R, length, D]), [0, 3, 1, 2, 4]);
      return reshape(unstacked, [`${batch}*${length}`, heads, 1, D], undefined, like);
    };
    /** Keys or values that a continuation sees, its prefix's and its own: [B, K, P+S, D]. */
    const seen = (ofPrefixes: Value, own: Value) => {
      // A product with ones and zeros copies, and its gradient adds up, exactly and on every device.
      const copies = matMul(members, reshape(ofPrefixes, ['G', timesDim(K * D, 'P')]));
      return concat([reshape(copies, ['B', K, 'P', D]), own], 2);
    };

    const [prefixKeys, prefixValues] = [key, value].map((x) => byHead(before(x), prefixRows!)) as [
      Value,
      Value,
    ];
    const [ownKeys, ownValues] = [key, value].map((x) => byHead(after(x), ownRows!)) as [Value, Value];
    const ofPrefixes = attend(
      stack(before(query), prefixHeads),
      prefixHeads,
      prefixKeys,
      prefixValues,
      prefixMask,
    );
    const ofContinuations = attend(
      stack(after(query), ownHeads),
      ownHeads,
      seen(prefixKeys, ownKeys),
      seen(prefixValues, ownValues),
      mask,
    );
    return concat([ofPrefixes, ofContinuations], 0);
  };
}

/** Zeros of the shape that `rows` has when its last axes, all of size 1, are repeated to `sizes`. */
function shaped(rows: Value, sizes: readonly number[]): Value {
  const zeros = Array<number>(sizes.reduce((product, size) => product * size, 1)).fill(0);
  return mul(rows, rows.graph.constant(zeros, sizes));
}
