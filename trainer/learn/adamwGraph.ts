/** `adamw.ts` as graphs, for a device that keeps parameters and moments in its own memory. */
import { Graph, type Value } from '../graph/graph.ts';
import { add, div, lessOrEqual, mul, reduceSum, reshape, scale, select, sqrt, sub } from '../graph/ops.ts';
import type { AdamWSettings } from './adamw.ts';

export type Shapes = ReadonlyMap<string, readonly number[]>;

/**
 * One update of all parameters, their gradients clipped to a global norm.
 *
 * Inputs, by parameter: `parameter:`, `gradient:`, `first:` and `second:`; and the numbers `limit` of the norm,
 * `stepSize`, `correction` and `keep` (of matrices, which alone the weight decay applies to). Outputs: `next:parameter:`,
 * `next:first:` and `next:second:`, and `norm` [1], that of the gradients before clipping.
 */
export function adamWGraph(shapes: Shapes, { beta1, beta2, epsilon }: AdamWSettings): Record<string, Value> {
  const graph = new Graph();
  const number = (name: string) => graph.input(name, [1]);
  const [limit, stepSize, correction, keep] = ['limit', 'stepSize', 'correction', 'keep'].map(number);
  const given = [...shapes].map(([name, shape]) => ({
    name,
    shape,
    raw: graph.input(`gradient:${name}`, shape),
  }));
  const squares = given.map(({ raw }) => reshape(reduceSum(mul(raw, raw)), [1]));
  const norm = sqrt(squares.reduce(add));
  const clipped = div(limit!, add(norm, graph.constant([1e-6], [1])));
  const factor = select(lessOrEqual(norm, limit!), graph.constant([1], [1]), clipped);

  const outputs: Record<string, Value> = { norm };
  for (const { name, shape, raw } of given) {
    const [parameter, first, second] = ['parameter', 'first', 'second'].map((kind) =>
      graph.input(`${kind}:${name}`, shape),
    ) as [Value, Value, Value];
    const gradient = mul(raw, factor);
    const m = add(scale(first, beta1), scale(gradient, 1 - beta1));
    const v = add(scale(second, beta2), scale(mul(gradient, gradient), 1 - beta2));
    const deviation = add(div(sqrt(v), correction!), graph.constant([epsilon], [1]));
    const kept = shape.length > 1 ? mul(parameter, keep!) : parameter;
    outputs[`next:parameter:${name}`] = sub(kept, div(mul(m, stepSize!), deviation));
    outputs[`next:first:${name}`] = m;
    outputs[`next:second:${name}`] = v;
  }
  return outputs;
}

/** Inputs `sum:` and `gradient:`, outputs `next:sum:`. */
export function sumGraph(shapes: Shapes): Record<string, Value> {
  return perTensor(shapes, 'sum', (graph, name, shape) =>
    add(graph.input(`sum:${name}`, shape), graph.input(`gradient:${name}`, shape)),
  );
}

/** Inputs `average:`, `parameter:` and `decay` [1]; outputs `next:average:`, as `moveAverage` computes it. */
export function averageGraph(shapes: Shapes): Record<string, Value> {
  const decay = (graph: Graph) => graph.inputs.get('decay') ?? graph.input('decay', [1]);
  return perTensor(shapes, 'average', (graph, name, shape) => {
    const rest = sub(graph.constant([1], [1]), decay(graph));
    const parameter = graph.input(`parameter:${name}`, shape);
    return add(mul(graph.input(`average:${name}`, shape), decay(graph)), mul(parameter, rest));
  });
}

function perTensor(
  shapes: Shapes,
  kind: string,
  compute: (graph: Graph, name: string, shape: readonly number[]) => Value,
): Record<string, Value> {
  const graph = new Graph();
  return Object.fromEntries(
    [...shapes].map(([name, shape]) => [`next:${kind}:${name}`, compute(graph, name, shape)]),
  );
}
