/**
 * Sequences that begin alike, computed once as far as they do.
 *
 * Axis letters: G prefixes of P tokens, B continuations of S tokens, each of one prefix; N = G·P + B·S tokens in one
 * row, prefixes first; K key-value heads, R query heads a key-value head, D head size.
 *
 * Whatever treats tokens one by one (norms, linear layers) sees one row of N tokens. Attention alone takes them apart:
 * prefixes attend to themselves, continuations to their prefix and themselves. Gradients flow back into the prefixes
 * from all their continuations.
 */
import type { Graph, Value } from '../graph/graph.ts';
import { add, concat, cut, matMul, mul, reduceSum, reshape, softmax, transpose } from '../graph/ops.ts';
import { type Dim, timesDim } from '../graph/shape.ts';
import type { Attention } from './llama.ts';

/** The inputs of a graph whose sequences share prefixes. */
export interface SharedPrefixInputs {
  /** What each token of the row is, and where in its sequence it stands: [1, N]. */
  readonly tokens: Value;
  readonly positions: Value;
  /** Added to the scores of prefixes, [G, P, P], and of continuations, [B, S, P+S]: 0 or very negative. */
  readonly prefixMask: Value;
  readonly mask: Value;
  /** 1 where a continuation (row) is one of a prefix (column), otherwise 0: [B, G]. */
  readonly members: Value;
}

export const tokensInRow = 'G*P+B*S';

export function sharedPrefixInputs(graph: Graph): SharedPrefixInputs {
  return {
    tokens: graph.input('tokens', [1, tokensInRow], 'int64'),
    positions: graph.input('positions', [1, tokensInRow], 'int64'),
    prefixMask: graph.input('prefixMask', ['G', 'P', 'P']),
    mask: graph.input('mask', ['B', 'S', 'P+S']),
    members: graph.input('members', ['B', 'G']),
  };
}

/** Attention over such a row: `query` is [1, K·R, N, D], `key` and `value` are [1, K, N, D]. */
export function sharedPrefixAttention({ prefixMask, mask, members }: SharedPrefixInputs): Attention {
  // One number a token, for sizes that reshapes cannot tell otherwise.
  const prefixRows = reduceSum(prefixMask, [2]); // [G, P, 1]
  const ownRows = reduceSum(mask, [2]); // [B, S, 1]
  const seenRows = transpose(reduceSum(mask, [1]), [0, 2, 1]); // [B, P+S, 1]
  const prefixLength = reshape(prefixRows, [1, 1, 'G*P', 1]);
  const before = (x: Value) => cut(x, 2, prefixLength, 'before', 'G*P');
  const after = (x: Value) => cut(x, 2, prefixLength, 'after', 'B*S');

  return (_, query, key, value) => {
    const [, heads, , D] = query.shape as [1, number, Dim, number];
    const K = key.shape[1] as number;
    const R = heads / K;
    const split = (x: Value, rows: Value, ...leading: readonly number[]) => {
      const like = shaped(rows, [...leading, 1, 1, D]);
      return reshape(x, like.shape, like);
    };
    const attend = (queries: Value, keys: Value, values: Value, blocked: Value) => {
      const scores = matMul(queries, keys, { transB: true, alpha: D ** -0.5 });
      const context = matMul(softmax(add(scores, blocked)), values); // [K, R, …, D]
      return reshape(context, [1, heads, blocked === mask ? 'B*S' : 'G*P', D]);
    };
    /** Keys or values that a continuation sees, its prefix's and its own: [1, K, N, D] → [K, 1, B, P+S, D]. */
    const seen = (x: Value) => {
      const ofPrefix = reshape(split(before(x), prefixRows, K), [K, 'G', timesDim(D, 'P')]);
      const own = reshape(split(after(x), ownRows, K), [K, 'B', timesDim(D, 'S')]);
      // A product with ones and zeros copies, and its gradient adds up, exactly and on every device.
      const both = concat([matMul(members, ofPrefix), own], 2);
      return split(both, seenRows, K, 1);
    };
    const ofPrefixes = attend(
      split(before(query), prefixRows, K, R),
      split(before(key), prefixRows, K, 1),
      split(before(value), prefixRows, K, 1),
      prefixMask,
    );
    const ofContinuations = attend(split(after(query), ownRows, K, R), seen(key), seen(value), mask);
    return concat([ofPrefixes, ofContinuations], 2);
  };
}

/** Zeros of the shape that `rows` has when broadcast to `shape`. */
function shaped(rows: Value, shape: readonly number[]): Value {
  const zeros = Array<number>(shape.reduce((product, dim) => product * dim, 1)).fill(0);
  return mul(rows, rows.graph.constant(zeros, shape));
}
