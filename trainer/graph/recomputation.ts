/**
 * Activation checkpointing (Chen et al., 2016, "Training Deep Nets with Sublinear Memory Cost"): of a chain of segments
 * only the values between two segments are kept, and what a segment's gradients need of its inside is computed again.
 *
 * A runtime may compute whatever its inputs allow, and would do that part at once. So the second computation of a segment
 * begins with a value that there is only `after` the gradient has reached the segment's end.
 */
import type { Value } from './graph.ts';
import { after } from './ops/layout.ts';

export class Recomputation {
  /** Ascending. */
  readonly #checkpoints: readonly Value[];
  readonly #segments = new Map<Value, Map<Value, Value>>();

  /** @param checkpoints in the order in which they are computed, of one shape; each segment depends on others through them alone. */
  constructor(checkpoints: readonly Value[]) {
    this.#checkpoints = checkpoints;
  }

  /**
   * What stands for `value` on the way back: its double, computed once `grad` has been, or itself where it lies in no
   * segment. Values are to be asked for from the last to the first, with the gradient that has reached each.
   */
  of(value: Value, grad: Value): Value {
    const at = this.#checkpoints.findIndex(({ id }) => id >= value.id);
    if (at <= 0) return value;
    const start = this.#checkpoints[at - 1]!;
    let doubles = this.#segments.get(start);
    if (!doubles) {
      doubles = new Map([[start, after(start, grad)]]);
      this.#segments.set(start, doubles);
    }
    return double(value, start, doubles);
  }
}

/** Values that do not depend on the segment's start are their own doubles. */
function double(value: Value, start: Value, doubles: Map<Value, Value>): Value {
  const known = doubles.get(value);
  if (known) return known;
  if (value.id <= start.id) return value;
  const inputs = value.inputs.map((input) => double(input, start, doubles));
  const same = inputs.every((input, at) => input === value.inputs[at]);
  const result = same ? value : value.graph.apply(value.primitive, inputs, value.attributes);
  doubles.set(value, result);
  return result;
}
