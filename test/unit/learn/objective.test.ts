/** Values and gradients of the GRPO objective against PyTorch (test/golden/objective.py), and by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gradients } from '../../../trainer/graph/autodiff.ts';
import { Graph } from '../../../trainer/graph/graph.ts';
import { Program } from '../../../trainer/graph/program.ts';
import { groupAdvantages } from '../../../trainer/learn/advantages.ts';
import { type LossAverage, tokenWeights } from '../../../trainer/learn/batch.ts';
import { type GrpoSettings, grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { sft } from '../../../trainer/learn/objectives/sft.ts';
import type { NdArray } from '../graph/ndarray.ts';
import { evaluate } from '../graph/reference.ts';
import { ofLength } from './episodes.ts';
import { toFeeds } from './tinyModel.ts';

type Matrix = readonly (readonly number[])[];

interface Golden {
  readonly name: string;
  readonly batch: Readonly<Record<'logp' | 'logpOld' | 'logpRef' | 'advantage' | 'mask', Matrix>>;
  readonly cases: readonly {
    readonly setting: GrpoSettings & {
      readonly aggregation: 'sequenceMean' | 'tokenMean' | 'constantLength';
      readonly maxLength: number;
    };
    readonly value: number;
    readonly gradient: Matrix;
  }[];
}

const path = join(import.meta.dirname, '../../../test-fixtures/golden/objective.json');
const golden: readonly Golden[] = JSON.parse(readFileSync(path, 'utf8'));
const averages = { sequenceMean: 'sequence', tokenMean: 'token', constantLength: 'constant' } as const;

const matrix = (rows: Matrix): NdArray => ({ shape: [rows.length, rows[0]!.length], data: rows.flat() });

/** The weight of every token of a padded batch, as the learner computes it. */
function weightsOf(mask: Matrix, average: LossAverage, maxLength: number): NdArray {
  const lengths = mask.map((row) => row.filter((x) => x === 1).length);
  const episodes = lengths.map(ofLength);
  // The learner never sees an episode that is masked as a whole.
  const counted = episodes.filter((_, i) => lengths[i]! > 0);
  const weights = tokenWeights(counted, average, maxLength);
  return matrix(mask.map((row, i) => row.map((x) => (x === 1 ? weights.get(episodes[i]!)! : 0))));
}

/** The objective over a batch that is fed, and its gradient. */
function objectiveGraph(settings: GrpoSettings) {
  const graph = new Graph();
  const input = (name: string) => graph.input(name, ['B', 'A']);
  const batch = {
    logp: input('logp'),
    logpOld: input('logpOld'),
    logpRef: input('logpRef'),
    advantage: input('advantage'),
    weight: input('weight'),
  };
  const { loss, metrics } = grpo(settings)(batch);
  return { loss, ...metrics, gradient: gradients(loss, [batch.logp])[0]! };
}

const compiled = new Map<string, Promise<Program>>();

/** Results of the compiled objective, which is kept for the next batch of the same settings. */
async function run(settings: GrpoSettings, feeds: Record<string, NdArray>) {
  const { clipLow, clipHigh, beta, kl, klCorrected } = settings;
  const key = JSON.stringify([clipLow, clipHigh, beta, kl, klCorrected]);
  if (!compiled.has(key)) compiled.set(key, Program.compile(objectiveGraph(settings), { threads: 1 }));
  const program = await compiled.get(key)!;
  return program.run<'loss' | 'gradient' | 'kl' | 'ratio' | 'clipped'>(toFeeds(feeds));
}

describe.each(golden)('on the batch "$name", GRPO equals PyTorch', ({ batch, cases }) => {
  const named = cases.map((given) => ({
    ...given,
    title: `${given.setting.aggregation}, ${given.setting.kl}${given.setting.klCorrected ? ' corrected' : ''}, clip ${given.setting.clipLow} to ${given.setting.clipHigh}`,
  }));
  test.each(named)('$title', async ({ setting, value, gradient }) => {
    const { mask, ...tensors } = batch;
    const weight = weightsOf(mask, averages[setting.aggregation], setting.maxLength);
    const arrays = Object.entries(tensors).map(([name, rows]): [string, NdArray] => [name, matrix(rows)]);
    const feeds = { ...Object.fromEntries(arrays), weight };

    const exact = evaluate(objectiveGraph(setting), feeds);
    expect(Math.abs(exact.loss.data[0]! - value)).toBeLessThan(1e-12);
    for (const [i, x] of gradient.flat().entries()) {
      expect(Math.abs(exact.gradient.data[i]! - x)).toBeLessThan(1e-12);
    }
    const used = await run(setting, feeds);
    expect(Math.abs((used.loss.data[0] as number) - value)).toBeLessThan(1e-6);
    for (const [i, x] of gradient.flat().entries()) {
      expect(Math.abs((used.gradient.data[i] as number) - x)).toBeLessThan(1e-6);
    }
  });
});

describe('two sequences of three and two tokens with the rewards 1 and 0, worked by hand', () => {
  const mask = [
    [1, 1, 1],
    [1, 1, 0],
  ];
  const settings: GrpoSettings = { clipLow: 0.2, clipHigh: 0.2, beta: 0.04, kl: 'k3' };

  function feeds(average: LossAverage, divideByDeviation: boolean): Record<string, NdArray> {
    const advantages = groupAdvantages([1, 0], { divideByDeviation });
    return {
      logp: matrix([
        [-0.5, -1.2, -0.3],
        [-0.9, -0.1, 0],
      ]),
      logpOld: matrix([
        [-0.6, -0.9, -0.3],
        [-0.4, -0.2, 0],
      ]),
      logpRef: matrix([
        [-0.7, -1, -0.5],
        [-0.8, -0.3, 0],
      ]),
      advantage: matrix(mask.map((row, i) => row.map((x) => x * advantages[i]!))),
      weight: weightsOf(mask, average, 4),
    };
  }

  test('the advantages are ±0.5, and ±0.7070068 when divided by the deviation', () => {
    expect(groupAdvantages([1, 0])).toEqual([0.5, -0.5]);
    const divided = groupAdvantages([1, 0], { divideByDeviation: true });
    expect(divided[0]).toBeCloseTo(0.7070068, 7);
    expect(divided[1]).toBeCloseTo(-0.7070068, 7);
  });

  test.each([
    { average: 'sequence', divided: true, loss: 0.002018 },
    { average: 'token', divided: true, loss: -0.1323708 },
    { average: 'constant', divided: true, loss: -0.0827318 },
    { average: 'sequence', divided: false, loss: 0.001612 },
    { average: 'token', divided: false, loss: -0.0934197 },
    { average: 'constant', divided: false, loss: -0.0583873 },
  ] as const)('mean by $average, divided by the deviation: $divided', async ({ average, divided, loss }) => {
    const inputs = feeds(average, divided);
    expect(Math.abs(evaluate(objectiveGraph(settings), inputs).loss.data[0]! - loss)).toBeLessThan(6e-8);
    const used = await run(settings, inputs);
    expect(Math.abs((used.loss.data[0] as number) - loss)).toBeLessThan(1.5e-7);
  });

  test.each([
    { kl: 'k1', klCorrected: false, mean: 0.06 },
    { kl: 'k2', klCorrected: false, mean: 0.017 },
    { kl: 'k3', klCorrected: false, mean: 0.0165532 },
    { kl: 'k3', klCorrected: true, mean: 0.0158248 },
  ] as const)(
    'the KL alone by $kl, corrected by the ratio: $klCorrected',
    async ({ kl, klCorrected, mean }) => {
      const inputs = {
        ...feeds('token', false),
        advantage: matrix([
          [0, 0, 0],
          [0, 0, 0],
        ]),
      };
      const alone = { ...settings, beta: 1, kl, klCorrected };
      expect(Math.abs(evaluate(objectiveGraph(alone), inputs).loss.data[0]! - mean)).toBeLessThan(6e-8);
      const used = await run(alone, inputs);
      expect(Math.abs((used.loss.data[0] as number) - mean)).toBeLessThan(1.5e-7);
    },
  );

  test('the metrics: k3, the mean ratio, and the share of tokens that lost their gradient to the clip', () => {
    const { kl, ratio, clipped } = evaluate(objectiveGraph(settings), feeds('token', false)) as Record<
      string,
      NdArray
    >;
    expect(kl!.data[0]).toBeCloseTo(0.0165532, 7);
    const ratios = [0.1, -0.3, 0, -0.5, 0.1].map(Math.exp);
    expect(ratio!.data[0]).toBeCloseTo(ratios.reduce((sum, x) => sum + x, 0) / 5, 12);
    // The second token's ratio is below 0.8 too, but its advantage is positive, so that its gradient stays.
    expect(clipped!.data[0]).toBeCloseTo(1 / 5, 12);
  });
});

test('fine-tuning on examples is the mean of the negative log-likelihood', () => {
  const graph = new Graph();
  const [logp, weight] = [graph.input('logp', [1, 3]), graph.input('weight', [1, 3])];
  const { loss } = sft({ logp, weight, logpOld: logp, logpRef: logp, advantage: logp });
  const [gradient] = gradients(loss, [logp]);
  const results = evaluate(
    { loss, gradient: gradient! },
    { logp: matrix([[-1, -3, Number.NEGATIVE_INFINITY]]), weight: matrix([[0.5, 0.5, 0]]) },
  );
  expect(results.loss.data).toEqual([2]);
  expect(results.gradient.data.map((x) => x + 0)).toEqual([-0.5, -0.5, 0]);
});
