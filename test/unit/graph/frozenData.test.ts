/** Frozen numbers inside the compiled model, or read where they lie. */
import { expect, test } from 'vitest';
import { Graph } from '../../../trainer/graph/graph.ts';
import { matMul } from '../../../trainer/graph/ops.ts';
import { Program } from '../../../trainer/graph/program.ts';

const x = { shape: [1, 2], data: Float32Array.of(1, 10) };

async function compile(frozenData: 'packed' | 'shared') {
  const graph = new Graph();
  const result = matMul(graph.input('x', ['B', 2]), graph.input('weight', [3, 2]), { transB: true });
  const weight = Float32Array.of(1, 2, 3, 4, 5, 6);
  const frozen = new Map([['weight', weight]]);
  return { weight, program: await Program.compile({ result }, { frozen, frozenData }) };
}

test.each([
  ['packed', [21, 43, 65]],
  ['shared', [27, 43, 65]],
] as const)('%s numbers are what they were, or what they have become', async (frozenData, expected) => {
  const { weight, program } = await compile(frozenData);
  await using _ = program;
  expect([...(await program.run<'result'>({ x })).result.data]).toEqual([21, 43, 65]);
  // Nobody does that: it shows whether there is a copy.
  weight[0] = 7;
  expect([...(await program.run<'result'>({ x })).result.data]).toEqual(expected);
});
