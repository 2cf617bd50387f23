/** Every lowering of every primitive, forward and backward, against the reference interpreter. */
import { describe, expect, test } from 'vitest';
import { gradients } from '../../../trainer/graph/autodiff.ts';
import { Graph, type Value } from '../../../trainer/graph/graph.ts';
import { lower } from '../../../trainer/graph/lower.ts';
import { cpu } from '../../../trainer/graph/lowering/cpu.ts';
import { portable } from '../../../trainer/graph/lowering/portable.ts';
import { mul, reduceSum, scatterAdd } from '../../../trainer/graph/ops.ts';
import { hasSoftwareGpu, useSoftwareGpu } from '../../softwareGpu.ts';
import { type Case, caseGraph, cases } from './cases.ts';
import { build, randomArray, rounded } from './ndarray.ts';
import { opTypes, runModel } from './onnxModel.ts';
import { evaluate } from './reference.ts';
import { webGpuOps } from './webGpuOps.ts';

const onGpu = process.env.TEST_LOWERINGS_ON_GPU === '1' && hasSoftwareGpu();
if (onGpu) useSoftwareGpu();
const targets = [
  { title: 'cpu', lowering: cpu, options: { executionProviders: ['cpu'] } },
  // One thread, because ScatterND, which the portable lowering adds with, loses additions on more (on the CPU).
  { title: 'portable', lowering: portable, options: { executionProviders: ['cpu'], intraOpNumThreads: 1 } },
  // Takes a minute on a software GPU, so only when asked for. webgpu.test.ts runs whole models there.
  ...(onGpu
    ? [
        {
          title: 'portable, on a GPU',
          lowering: portable,
          options: { executionProviders: ['webgpu'], extra: { session: { disable_cpu_ep_fallback: '1' } } },
        },
      ]
    : []),
];

/** The graph of a case with its gradients, and numbers for its inputs. */
function forwardAndBackward(primitive: string, given: Case) {
  const { graph, result, differentiated, feeds } = caseGraph(given);
  const numbers = Object.fromEntries(Object.entries(feeds).map(([name, array]) => [name, rounded(array)]));
  const outputs: Record<string, Value> = { result };
  if (differentiated.length > 0) {
    const { shape } = evaluate({ result }, numbers).result;
    numbers.slope = rounded(randomArray(shape, primitive, given.title));
    const loss = reduceSum(mul(result, graph.input('slope', result.shape)));
    for (const [at, grad] of gradients(loss, differentiated).entries()) outputs[`grad${at}`] = grad;
  }
  return { outputs, numbers };
}

const allCases = Object.entries(cases).flatMap(([primitive, list]) =>
  list.map((given) => ({ primitive, given, title: given.title })),
);

describe.each(targets)('the lowering $title', ({ lowering, options }) => {
  test.each(allCases)('computes $primitive as the reference does: $title', async ({ primitive, given }) => {
    const { outputs, numbers } = forwardAndBackward(primitive, given);
    const results = await runModel(lower(outputs, lowering), numbers, options);
    for (const [name, expected] of Object.entries(evaluate(outputs, numbers))) {
      expect(results[name]!.shape, name).toEqual(expected.shape);
      const scale = Math.max(1, ...expected.data.map(Math.abs));
      const errors = expected.data.map((x, i) => Math.abs(results[name]!.data[i]! - x) / scale);
      expect(Math.max(...errors), name).toBeLessThan(1e-5);
    }
  });
});

test('the portable lowering writes only ops that are known to run on WebGPU', () => {
  const written = allCases.flatMap(({ primitive, given }) => [
    ...opTypes(lower(forwardAndBackward(primitive, given).outputs, portable)),
  ]);
  expect([...new Set(written)].filter((opType) => !webGpuOps.has(opType))).toEqual([]);
});

test('the CPU adds thousands of rows to a few places without losing any', async () => {
  const [rows, width, count] = [4, 256, 8192];
  const graph = new Graph();
  const outputs = {
    sum: scatterAdd(
      graph.input('like', ['N', width]),
      graph.input('at', ['A'], 'int64'),
      graph.input('rows', ['A', width]),
    ),
  };
  const feeds = {
    like: build([rows, width], () => 0),
    at: build([count], ([i]) => i! % rows),
    rows: build([count, width], () => 1),
  };
  const options = { executionProviders: ['cpu'], intraOpNumThreads: 4 };
  const { sum } = await runModel(lower(outputs, cpu), feeds, options);
  expect(new Set(sum!.data)).toEqual(new Set([count / rows]));
});
