/** Ops that transformers are made of and that runtimes have in a fused form. */
import type { Primitive, Value } from '../graph.ts';
import { add, exp, mul, neg, reciprocal, scale, sqrt, sub } from './elementwise.ts';
import { gather, scatterAdd } from './indexing.ts';
import { reshape } from './layout.ts';
import { matMul } from './matmul.ts';
import { reduceSum, sumTo } from './reduction.ts';

type None = Record<string, never>;

/** Softmax over the last axis. */
export const softmaxPrimitive: Primitive<None> = {
  name: 'Softmax',
  shape: ([x]) => x!.shape,
  gradient: (y, grad) => [mul(sub(grad, reduceSum(mul(grad, y), [-1])), y)],
};

export function softmax(x: Value): Value {
  return x.graph.apply(softmaxPrimitive, [x], {});
}

/** Logarithm of the softmax over the last axis. */
export const logSoftmaxPrimitive: Primitive<None> = {
  name: 'LogSoftmax',
  shape: ([x]) => x!.shape,
  gradient: (y, grad) => [sub(grad, mul(exp(y), reduceSum(grad, [-1])))],
};

export function logSoftmax(x: Value): Value {
  return x.graph.apply(logSoftmaxPrimitive, [x], {});
}

/**
 * Inputs: log-probabilities [..., V] of `softmax(hidden · weightᵀ)`, targets [...], hidden [..., E], weight [V, E].
 * Result: [...], the log-probability of each target.
 *
 * Its gradient goes from the targets straight to `hidden` and `weight`, as `grad · (weight[target] - p · weight)`: the
 * gradient of the logits, as large as they are, is never made.
 */
export const targetLogpPrimitive: Primitive<None> = {
  name: 'TargetLogp',
  shape: ([, targets]) => targets!.shape,
  gradient: ({ inputs: [logProbabilities, targets, hidden, weight] }, grad) => {
    const probabilities = exp(logProbabilities!);
    const slope = reshape(grad, [...grad.shape, 1]);
    const expected = matMul(probabilities, weight!);
    const along = mul(slope, hidden!);
    const [rows, width] = [`rows(${hidden!.id})`, hidden!.shape.at(-1)!];
    const flat = (x: Value) => reshape(x, [rows, x.shape.at(-1)!]);
    const towards = scatterAdd(weight!, targets!, along);
    const away = matMul(flat(probabilities), reshape(along, [rows, width]), { transA: true });
    return [undefined, undefined, mul(slope, sub(gather(weight!, targets!), expected)), sub(towards, away)];
  },
};

/** From hidden states [..., E] and a head [V, E]: log-probabilities [..., V], and those of `targets` [...] alone. */
export function targetLogp(
  hidden: Value,
  weight: Value,
  targets: Value,
): { readonly logProbabilities: Value; readonly logp: Value } {
  const logProbabilities = logSoftmax(matMul(hidden, weight, { transB: true }));
  const inputs = [logProbabilities, targets, hidden, weight];
  return { logProbabilities, logp: hidden.graph.apply(targetLogpPrimitive, inputs, {}) };
}

/** Inputs: x [..., E] and a weight [E]. `x / sqrt(mean(x²) + epsilon) · weight` (Zhang and Sennrich, 2019). */
export const rmsNormPrimitive: Primitive<{ readonly epsilon: number }> = {
  name: 'RmsNorm',
  shape: ([x]) => x!.shape,
  gradient: ({ inputs: [x, weight], attributes: { epsilon } }, grad) => {
    const size = x!.shape.at(-1) as number;
    const meanSquare = scale(reduceSum(mul(x!, x!), [-1]), 1 / size);
    const inverse = reciprocal(sqrt(add(meanSquare, x!.graph.constant([epsilon], []))));
    const weighted = mul(grad, weight!);
    const cubed = mul(inverse, mul(inverse, inverse));
    const along = mul(scale(reduceSum(mul(weighted, x!), [-1]), 1 / size), cubed);
    return [sub(mul(weighted, inverse), mul(x!, along)), sumTo(mul(mul(grad, x!), inverse), weight!)];
  },
};

export function rmsNorm(x: Value, weight: Value, epsilon: number): Value {
  return x.graph.apply(rmsNormPrimitive, [x, weight], { epsilon });
}

/** `x · sigmoid(x)`. */
export const siluPrimitive: Primitive<None> = {
  name: 'Silu',
  shape: ([x]) => x!.shape,
  gradient: ({ inputs: [x] }, grad) => [mul(grad, x!.graph.apply(siluSlopePrimitive, [x!], {}))],
};

export function silu(x: Value): Value {
  return x.graph.apply(siluPrimitive, [x], {});
}

/** The derivative of silu: `s + x·s·(1 - s)` with `s = sigmoid(x)`. First order only. */
export const siluSlopePrimitive: Primitive<None> = {
  name: 'SiluSlope',
  shape: ([x]) => x!.shape,
  gradient: () => {
    throw new Error('the slope of silu has no gradient of its own');
  },
};

/**
 * Inputs: x [B, H, T, D], positions [B, T] (int64), cosine and sine tables [P, D/2].
 * Turns the pair (x[i], x[i + D/2]) by the angle of its position (Su et al., 2021, in Llama's layout).
 */
export const rotaryPrimitive: Primitive<None> = {
  name: 'Rotary',
  shape: ([x]) => x!.shape,
  gradient: ({ inputs: [, positions, cosine, sine] }, grad) => [
    rotary(grad, positions!, cosine!, neg(sine!)),
    undefined,
    undefined,
    undefined,
  ],
};

export function rotary(x: Value, positions: Value, cosine: Value, sine: Value): Value {
  return x.graph.apply(rotaryPrimitive, [x, positions, cosine, sine], {});
}
