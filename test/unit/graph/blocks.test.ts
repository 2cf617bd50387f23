/** Frozen matrices in blocks: how near they are, and that every op computes with what they stand for. */
import { describe, expect, test } from 'vitest';
import { type BlockMatrix, fromBlocks, toBlocks } from '../../../trainer/graph/blocks.ts';
import { Graph, type Value } from '../../../trainer/graph/graph.ts';
import { lower } from '../../../trainer/graph/lower.ts';
import { cpu } from '../../../trainer/graph/lowering/cpu.ts';
import { gather, matMul } from '../../../trainer/graph/ops.ts';
import { Program } from '../../../trainer/graph/program.ts';
import { decodeFloat16, encodeFloat16 } from '../../../trainer/model/float16.ts';
import { Random } from '../../../trainer/random.ts';
import { relativeError } from './ndarray.ts';
import { opTypes } from './onnxModel.ts';

const [rows, columns] = [48, 96];
const random = new Random('blocks');
const draw = (count: number) => Float32Array.from({ length: count }, () => random.uniform() - 0.5);
const numbers = draw(rows * columns);
const matrix = toBlocks(numbers, [rows, columns]);
const meant = fromBlocks(matrix);
const coarse = toBlocks(numbers, [rows, columns], 4);

/** What the graph computes with the matrix in blocks, and with the float32 numbers that they stand for. */
async function both(
  build: (weight: Value, x: Value, at: Value) => Value,
  x: Float32Array,
  width: number,
  blocks = matrix,
) {
  const results: Float32Array[] = [];
  for (const weight of [blocks, fromBlocks(blocks)]) {
    const graph = new Graph();
    const result = build(
      graph.input('weight', [rows, columns]),
      graph.input('x', ['B', width]),
      graph.input('at', ['A', 'T'], 'int64'),
    );
    await using program = await Program.compile({ result }, { frozen: new Map([['weight', weight]]) });
    const feeds =
      result.primitive.name === 'Gather'
        ? { at: { shape: [2, 2], data: BigInt64Array.of(0n, 47n, 3n, 3n) } }
        : { x: { shape: [x.length / width, width], data: x } };
    results.push((await program.run<'result'>(feeds)).result.data as Float32Array);
  }
  return { blocks: results[0]!, float32: results[1]! };
}

describe('a matrix in blocks', () => {
  test('is off by at most half a scale, and keeps 0 and the largest of each block', () => {
    for (const [i, x] of numbers.entries()) {
      expect(Math.abs(meant[i]! - x)).toBeLessThanOrEqual(0.5001 * matrix.scales[Math.floor(i / 32)]!);
    }
    const odd = Float32Array.from({ length: 64 }, (_, i) => (i < 32 ? 0 : i === 40 ? -2 : 0));
    expect([...fromBlocks(toBlocks(odd, [1, 64]))].map(Math.fround)).toEqual([...odd]);
  });

  test.each([1, 5, 64])(
    'multiplies %d rows as its numbers do, but for the rounding of activations',
    async (count) => {
      const { blocks, float32 } = await both(
        (w, x) => matMul(x, w, { transB: true }),
        draw(count * columns),
        columns,
      );
      expect(relativeError(blocks, float32)).toBeLessThan(0.01);
    },
  );

  test('scales products', async () => {
    const { blocks, float32 } = await both(
      (w, x) => matMul(x, w, { transB: true, alpha: 3 }),
      draw(96),
      columns,
    );
    expect(relativeError(blocks, float32)).toBeLessThan(0.01);
  });

  test('gives its rows, and its product from the other side, as its numbers do', async () => {
    const rowsOf = await both((w, _, at) => gather(w, at), draw(0), columns);
    expect(relativeError(rowsOf.blocks, rowsOf.float32)).toBeLessThan(1e-6);
    const back = await both((w, x) => matMul(x, w), draw(7 * rows), rows);
    expect(relativeError(back.blocks, back.float32)).toBeLessThan(1e-5);
  });

  test('is multiplied in 8 bits', () => {
    const graph = new Graph();
    const result = matMul(graph.input('x', ['B', columns]), graph.input('w', [rows, columns]), {
      transB: true,
    });
    const model = lower({ result }, cpu, new Map<string, BlockMatrix>([['w', matrix]]));
    expect(opTypes(model)).toContain('com.microsoft.MatMulNBits');
    const outside = model.externalData.reduce((sum, { data }) => sum + data.length, 0);
    expect(model.encode().length + outside).toBeLessThan(0.4 * numbers.byteLength);
  });

  test('in 4 bits is off by one scale at most, takes half the room, and computes with what it stands for', async () => {
    const stands = fromBlocks(coarse);
    for (const [i, x] of numbers.entries()) {
      expect(Math.abs(stands[i]! - x)).toBeLessThan(2 * Math.abs(coarse.scales[Math.floor(i / 32)]!));
    }
    expect(relativeError(stands, numbers)).toBeLessThan(0.1);
    expect(coarse.bytes.length).toBe(numbers.length / 2);
    const forwards = await both((w, x) => matMul(x, w, { transB: true }), draw(5 * columns), columns, coarse);
    expect(relativeError(forwards.blocks, forwards.float32)).toBeLessThan(0.01);
    const back = await both((w, x) => matMul(x, w), draw(7 * rows), rows, coarse);
    expect(relativeError(back.blocks, back.float32)).toBeLessThan(1e-5);
    const rowsOf = await both((w, _, at) => gather(w, at), draw(0), columns, coarse);
    expect(relativeError(rowsOf.blocks, rowsOf.float32)).toBeLessThan(1e-6);
  });

  test.each([8, 4, 16] as const)(
    'of %d bits that is multiplied piece by piece gives the products of the whole',
    async (bits) => {
      const [high, wide] = [70_000, 64];
      const large = Float32Array.from({ length: high * wide }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5);
      const held = bits === 16 ? encodeFloat16(large) : toBlocks(large, [high, wide], bits);
      const stands = held instanceof Uint16Array ? decodeFloat16(held) : fromBlocks(held);
      const results: Float32Array[][] = [];
      for (const weight of [held, stands]) {
        const graph = new Graph();
        const matrixOf = graph.input('weight', [high, wide]);
        const there = matMul(graph.input('x', ['B', wide]), matrixOf, { transB: true, alpha: 0.5 });
        const back = matMul(graph.input('y', ['B', high]), matrixOf);
        const frozen = new Map([['weight', weight]]);
        await using program = await Program.compile({ there, back }, { frozen, frozenData: 'shared' });
        const random = new Random('pieces');
        const tensor = (width: number) => ({
          shape: [3, width],
          data: Float32Array.from({ length: 3 * width }, () => random.uniform() - 0.5),
        });
        const outputs = await program.run<'there' | 'back'>({ x: tensor(wide), y: tensor(high) });
        results.push([outputs.there.data, outputs.back.data] as Float32Array[]);
      }
      const [pieces, whole] = results;
      for (const [at, expected] of whole!.entries()) {
        expect(pieces![at]).toHaveLength(expected.length);
        expect(relativeError(pieces![at]!, expected)).toBeLessThan(1e-5);
      }
    },
  );
});
