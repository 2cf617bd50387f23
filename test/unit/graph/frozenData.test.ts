/** Frozen numbers inside the compiled model, or read where they lie. */
import { expect, test } from 'vitest';
import { toBlocks } from '../../../trainer/graph/blocks.ts';
import { Graph } from '../../../trainer/graph/graph.ts';
import { lower } from '../../../trainer/graph/lower.ts';
import { cpu } from '../../../trainer/graph/lowering/cpu.ts';
import { gather, matMul } from '../../../trainer/graph/ops.ts';
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

test.each([8, 4] as const)('a matrix in blocks of %d bits is shared like one of float32', async (bits) => {
  const graph = new Graph();
  const result = matMul(graph.input('x', ['B', 32]), graph.input('weight', [2, 32]), { transB: true });
  const weight = toBlocks(
    Float32Array.from({ length: 64 }, (_, i) => (i < 32 ? 1 : 2)),
    [2, 32],
    bits,
  );
  const frozen = new Map([['weight', weight]]);
  await using program = await Program.compile({ result }, { frozen, frozenData: 'shared' });
  const ones = { x: { shape: [1, 32], data: new Float32Array(32).fill(1) } };
  const sums = async () => [...(await program.run<'result'>(ones)).result.data].map(Number);
  for (const [i, sum] of (await sums()).entries()) expect(sum).toBeCloseTo([32, 64][i]!, 4);
  weight.scales[0]! *= 3;
  expect((await sums())[0]).toBeCloseTo(96, 4);
});

test('numbers that are packed lie beside the model, whose text has a limit of 2 GB', async () => {
  const graph = new Graph();
  const result = matMul(graph.input('x', ['B', 2]), graph.input('weight', [1000, 2]), { transB: true });
  const weight = Float32Array.from({ length: 2000 }, (_, i) => i);
  const frozen = new Map([['weight', weight]]);
  expect(lower({ result }, cpu, frozen).encode().byteLength).toBeLessThan(weight.byteLength / 10);
  await using program = await Program.compile({ result }, { frozen });
  const { data } = (await program.run<'result'>({ x })).result;
  for (const i of [0, 999]) expect(data[i]).toBe(2 * i + 10 * (2 * i + 1));
});

test('rows are looked up in numbers where they lie, beside products with a packed copy of them', async () => {
  const graph = new Graph();
  const table = graph.input('weight', [3, 2]);
  const rows = gather(table, graph.input('at', ['A'], 'int64'));
  const product = matMul(graph.input('x', ['B', 2]), table, { transB: true });
  const weight = Float32Array.of(1, 2, 3, 4, 5, 6);
  await using program = await Program.compile({ rows, product }, { frozen: new Map([['weight', weight]]) });
  const at = { shape: [2], data: BigInt64Array.of(2n, 0n) };
  const results = async () => {
    const { rows, product } = await program.run<'rows' | 'product'>({ x, at });
    return [[...rows.data], [...product.data]];
  };
  const expected = [21, 43, 65];
  expect(await results()).toEqual([[5, 6, 1, 2], expected]);
  weight[0] = 7;
  expect(await results()).toEqual([[5, 6, 7, 2], expected]);
});
