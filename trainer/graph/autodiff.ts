/** Reverse-mode differentiation on the graph. */
import { reachable, type Value } from './graph.ts';
import { add } from './ops/elementwise.ts';
import { Recomputation } from './recomputation.ts';
import { sameShape } from './shape.ts';

/**
 * Gradients of `loss` (one element) with respect to each of `parameters`, as new values of the same graph.
 *
 * Values that no parameter reaches, frozen weights among them, are not differentiated. What lies between two neighbours
 * of `checkpoints`, in the order in which they are computed, is computed a second time for the way back instead of being
 * kept. Throws if the loss does not depend on one of the parameters.
 */
export function gradients(
  loss: Value,
  parameters: readonly Value[],
  checkpoints: readonly Value[] = [],
): Value[] {
  const recomputation = new Recomputation(checkpoints);
  const order = reachable([loss]);
  const wanted = new Set<Value>(parameters);
  for (const value of order) {
    if (value.inputs.some((input) => wanted.has(input))) wanted.add(value);
  }

  const grads = new Map<Value, Value>();
  grads.set(loss, loss.graph.constant([1], loss.shape));
  for (const value of order.toReversed()) {
    const grad = grads.get(value);
    if (!grad || !value.inputs.some((input) => wanted.has(input))) continue;
    const inputGrads = value.primitive.gradient(recomputation.of(value, grad), grad);
    for (const [at, input] of value.inputs.entries()) {
      const inputGrad = inputGrads[at];
      if (!inputGrad || !wanted.has(input)) continue;
      if (!sameShape(inputGrad.shape, input.shape)) {
        throw new Error(
          `${value.primitive.name}: gradient [${inputGrad.shape}] for an input [${input.shape}] (input ${at})`,
        );
      }
      const before = grads.get(input);
      grads.set(input, before ? add(before, inputGrad) : inputGrad);
    }
  }

  return parameters.map((parameter) => {
    const grad = grads.get(parameter);
    if (!grad) throw new Error(`the loss does not depend on ${parameter.attributes.name ?? 'a parameter'}`);
    return grad;
  });
}
