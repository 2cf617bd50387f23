/** The gradient of every primitive against finite differences, in float64. */
import { describe, expect, test } from 'vitest';
import { gradients } from '../../../trainer/graph/autodiff.ts';
import { Graph, type Primitive, reachable } from '../../../trainer/graph/graph.ts';
import * as ops from '../../../trainer/graph/ops.ts';
import { caseGraph, cases } from './cases.ts';
import { numericalGradient } from './finiteDifferences.ts';
import { type NdArray, randomArray, relativeError } from './ndarray.ts';
import { evaluate } from './reference.ts';

const primitives = Object.entries(ops).filter(([name]) => name.endsWith('Primitive')) as [
  string,
  Primitive<unknown>,
][];

test('every primitive has cases here, and there are no others', () => {
  expect(Object.keys(cases).sort()).toEqual(primitives.map(([name]) => name).sort());
});

describe.each(primitives)('%s', (name, primitive) => {
  test.each(cases[name] ?? [])('equals finite differences: $title', (given) => {
    const { graph, result, differentiated, feeds } = caseGraph(given);
    expect(reachable([result]).map((value) => value.primitive)).toContain(primitive);
    const { shape } = evaluate({ result }, feeds).result;
    feeds.slope = randomArray(shape, name, given.title);
    const loss = ops.reduceSum(ops.mul(result, graph.input('slope', result.shape)));
    const lossAt = (at: Readonly<Record<string, NdArray>>) => evaluate({ loss }, at).loss.data[0]!;

    const grads = gradients(loss, differentiated);
    for (const [at, input] of differentiated.entries()) {
      const { grad } = evaluate({ grad: grads[at]! }, feeds);
      const expected = numericalGradient(lossAt, feeds, input.attributes.name);
      expect(Math.hypot(...expected), 'a case without a gradient shows nothing').toBeGreaterThan(1e-3);
      expect(relativeError(grad.data, expected), input.attributes.name).toBeLessThan(1e-6);
    }
  });
});

describe('a graph', () => {
  const at = (data: number[]): NdArray => ({ shape: [data.length], data });

  test('adds up the gradients of a value that is used more than once', () => {
    const graph = new Graph();
    const x = graph.input('x', [2]);
    const loss = ops.reduceSum(ops.add(ops.mul(x, ops.exp(x)), ops.div(x, ops.mul(x, x))));
    const [grad] = gradients(loss, [x]);
    const slope = (v: number) => Math.exp(v) + v * Math.exp(v) - v ** -2;
    const { data } = evaluate({ grad: grad! }, { x: at([0.7, -1.3]) }).grad;
    expect(relativeError(data, [slope(0.7), slope(-1.3)])).toBeLessThan(1e-12);
  });

  test('does not differentiate what no parameter reaches', () => {
    const graph = new Graph();
    const [x, frozen] = [graph.input('x', [2]), graph.input('frozen', [2])];
    // The slope of silu refuses to be differentiated.
    const table = graph.apply(ops.siluSlopePrimitive, [frozen], {});
    const [grad] = gradients(ops.reduceSum(ops.mul(x, table)), [x]);
    const feeds = { x: at([1, 2]), frozen: at([0, 0]) };
    expect(evaluate({ grad: grad! }, feeds).grad.data).toEqual([0.5, 0.5]);
  });

  test('has the gradient 1 with respect to itself', () => {
    const graph = new Graph();
    const loss = ops.reduceSum(graph.input('x', [2]));
    const [grad] = gradients(loss, [loss]);
    expect(evaluate({ grad: grad! }, {}).grad.data).toEqual([1]);
  });

  test('refuses a loss that does not depend on a parameter, by name', () => {
    const graph = new Graph();
    const loss = ops.reduceSum(graph.input('x', [2]));
    expect(() => gradients(loss, [graph.input('bias', [2])])).toThrow('does not depend on bias');
  });

  test('refuses to mix values of two graphs, or two inputs of one name', () => {
    const [one, two] = [new Graph(), new Graph()];
    expect(() => ops.add(one.input('x', [2]), two.input('x', [2]))).toThrow('two graphs');
    expect(() => one.input('x', [3])).toThrow('two inputs named x');
  });

  test('refuses shapes that do not fit, and says which', () => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', [2, 3]), graph.input('b', ['T', 4])];
    expect(() => ops.add(a, b)).toThrow('[2,3] and [T,4]');
    expect(() => ops.matMul(a, b)).toThrow('inner sizes 3 and T differ');
    expect(() => ops.reduceSum(a, [2])).toThrow('axis 2');
    expect(() => ops.slice(b, 0, 0, -1)).toThrow('needs a size');
    expect(() => ops.reshape(graph.input('c', ['B*T']), ['B', 'T'])).toThrow('needs a value of that shape');
  });
});
