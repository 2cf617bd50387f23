/** Tokens drawn in the graph, against the definition: the first at which the running total exceeds the random number. */
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../trainer/graph/graph.ts';
import { Program } from '../../../trainer/graph/program.ts';
import { drawFeeds, drawn } from '../../../trainer/policy/choiceGraph.ts';
import { Random } from '../../../trainer/random.ts';

/** Draws from each of some rows, which need not add up to 1, and answers what came out by row. */
async function draw(rows: readonly (readonly number[])[], uniforms: readonly number[]) {
  const vocabulary = rows[0]!.length;
  const graph = new Graph();
  await using program = await Program.compile({ ...drawn(graph.input('probabilities', ['B', vocabulary])) });
  const data = Float32Array.from(rows.flat());
  const probabilities = { shape: [rows.length, vocabulary], data };
  const { token, logp } = await program.run<'token' | 'logp'>({ probabilities, ...drawFeeds(uniforms) });
  return rows.map((_, row) => ({ token: Number(token.data[row]), logp: Number(logp.data[row]) }));
}

/** In float64: the token, and how far the number is from where another one would be drawn. */
function defined(row: readonly number[], uniform: number) {
  const limit = uniform * row.reduce((sum, p) => sum + p, 0);
  let total = 0;
  for (const [token, p] of row.entries()) {
    if (total + p > limit) return { token, margin: Math.min(limit - total, total + p - limit) };
    total += p;
  }
  throw new Error('unreachable');
}

describe('drawing in the graph', () => {
  test.each([1, 5, 64, 65, 1000])('of %d tokens takes the one of the definition', async (vocabulary) => {
    const random = new Random('draw', vocabulary);
    const count = 400;
    const rows = Array.from({ length: count }, () => {
      const powers = Array.from({ length: vocabulary }, () => Math.exp(6 * random.uniform()));
      const total = powers.reduce((sum, p) => sum + p, 0);
      return powers.map((p) => Math.fround(p / total));
    });
    const uniforms = rows.map(() => random.uniform());
    let compared = 0;
    for (const [at, { token, logp }] of (await draw(rows, uniforms)).entries()) {
      const expected = defined(rows[at]!, uniforms[at]!);
      // A number this near to the border between two tokens may fall to either, in sums of float32.
      if (expected.margin < 1e-6) continue;
      compared++;
      expect(token).toBe(expected.token);
      expect(logp).toBeCloseTo(Math.log(rows[at]![token]!), 5);
    }
    expect(compared).toBeGreaterThan(0.9 * count);
  });

  test('never takes what is impossible, whatever the number, and the total below or above 1', async () => {
    const gap = Array<number>(100).fill(0);
    const few = [0, 0.25, 0, 0.5, 0];
    const rows = [few, few.map((p) => 1.7 * p)].map((some) => [...gap, ...some, ...gap, ...some, ...gap]);
    const uniforms = [0, 2 ** -32, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1 - 2 ** -24, 1 - 2 ** -32];
    for (const uniform of uniforms) {
      for (const [at, { token, logp }] of (await draw(rows, [uniform, uniform])).entries()) {
        expect(rows[at]![token], `${uniform}`).toBeGreaterThan(0);
        expect(logp).toBeCloseTo(Math.log(rows[at]![token]!), 5);
      }
    }
  });
});
