/** Choosing tokens inside the graph, so that the probabilities of all of them never leave the device. */
import type { Value } from '../graph/graph.ts';
import {
  add,
  clip,
  gather,
  lessOrEqual,
  log,
  minimum,
  mul,
  pad,
  pick,
  reduceSum,
  reshape,
  runningSum,
  scale,
  select,
  slice,
  sub,
  toIndex,
} from '../graph/ops.ts';
import type { TensorData } from '../graph/program.ts';

/** Tokens a block: the block is found first, and then the token in it. */
const blockSize = 64;
const last = Number.MAX_SAFE_INTEGER;

/**
 * Draws a token of each row of `probabilities` [B, V]: the first at which the running total exceeds the row's random
 * number, a share of the whole total (inverse transform sampling). A token of no probability is never drawn.
 *
 * Inputs: `uniform` [B, 1], and `row` [B, 1], the numbers 0 to B - 1 (see `drawFeeds`). Results: `token` [B, 1], as
 * float32, and `logp` [B], its log-probability in nats.
 */
export function drawn(probabilities: Value): { readonly token: Value; readonly logp: Value } {
  const { graph } = probabilities;
  const vocabulary = probabilities.shape[1] as number;
  const blocks = Math.ceil(vocabulary / blockSize);
  const [one, zero] = [graph.constant([1], []), graph.constant([0], [])];
  const wholeNumberOf = (condition: Value) => reduceSum(select(condition, one, zero), [1]);

  const padded = pad(probabilities, 1, 0, blocks * blockSize - vocabulary);
  const parts = reshape(padded, ['B', blocks, blockSize]);
  const sums = reshape(reduceSum(parts, [2]), ['B', blocks]);
  const running = runningSum(sums, 1);
  const target = mul(graph.input('uniform', ['B', 1]), slice(running, 1, -1, last));
  const isBefore = lessOrEqual(running, target);
  const block = wholeNumberOf(isBefore); // [B, 1]
  const before = reduceSum(select(isBefore, sums, zero), [1]);

  const at = toIndex(add(scale(graph.input('row', ['B', 1]), blocks), block));
  const chosen = reshape(gather(reshape(parts, ['B*blocks', blockSize]), at), ['B', blockSize]);
  const within = runningSum(chosen, 1);
  // Sums of the same numbers in another order: the rest of the target may lie a rounding outside of the block.
  const most = scale(slice(within, 1, -1, last), 1 - 2 ** -22);
  const rest = minimum(clip(sub(target, before), 0, 1), most);
  const place = wholeNumberOf(lessOrEqual(within, rest)); // [B, 1]
  const logp = log(pick(chosen, reshape(toIndex(place), ['B'])));
  return { token: add(scale(block, blockSize), place), logp };
}

/** What `drawn` reads, given a random number (0 ≤ x < 1) for each row. */
export function drawFeeds(numbers: readonly number[]): Readonly<Record<'uniform' | 'row', TensorData>> {
  const shape = [numbers.length, 1];
  // As a float32 a number just below 1 would be 1, which no running total exceeds.
  const uniform = Float32Array.from(numbers, (number) => Math.min(number, 1 - 2 ** -24));
  return { uniform: { shape, data: uniform }, row: { shape, data: Float32Array.from(numbers.keys()) } };
}
