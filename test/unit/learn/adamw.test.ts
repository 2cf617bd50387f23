/** AdamW and gradient clipping against PyTorch (test/golden/adamw.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Program } from '../../../trainer/graph/program.ts';
import { AdamW, type AdamWSettings, clipGradients, type Tensors } from '../../../trainer/learn/adamw.ts';
import { adamWGraph } from '../../../trainer/learn/adamwGraph.ts';
import { relativeError } from '../graph/ndarray.ts';

type Nested = number | readonly Nested[];

interface Golden {
  readonly setting: AdamWSettings & {
    readonly learningRate: number;
    readonly decayed: readonly boolean[];
    readonly maxNorm: number;
  };
  readonly initial: readonly Nested[];
  readonly steps: readonly {
    readonly gradients: readonly Nested[];
    readonly norm: number;
    readonly parameters: readonly Nested[];
    readonly m: readonly Nested[];
    readonly v: readonly Nested[];
  }[];
}

const path = join(import.meta.dirname, '../../../test-fixtures/golden/adamw.json');
const golden: readonly Golden[] = JSON.parse(readFileSync(path, 'utf8'));

const shapeOf = (nested: Nested): number[] =>
  typeof nested === 'number' ? [] : [nested.length, ...shapeOf(nested[0]!)];

const flat = (nested: Nested): number[] => (typeof nested === 'number' ? [nested] : nested.flatMap(flat));

/** The tensors of a list, by their place in it. */
const named = (tensors: readonly Nested[]) =>
  new Map(tensors.map((tensor, i) => [String(i), Float32Array.from(flat(tensor))]));

describe.each(golden)('with $setting', ({ setting, initial, steps }) => {
  test('parameters, moments and norms equal those of torch.optim.AdamW', () => {
    const parameters = named(initial);
    const optimizer = new AdamW(parameters, setting);
    for (const step of steps) {
      const gradients = named(step.gradients);
      const norm = clipGradients(gradients, setting.maxNorm);
      expect(Math.abs(norm / step.norm - 1)).toBeLessThan(1e-6);
      optimizer.step(parameters, gradients, setting.learningRate, (name) => setting.decayed[Number(name)]!);
      for (const [expected, actual] of [
        [step.parameters, parameters],
        [step.m, optimizer.first],
        [step.v, optimizer.second],
      ] as const) {
        for (const [name, tensor] of named(expected)) {
          expect(relativeError(actual.get(name)!, tensor)).toBeLessThan(2e-6);
        }
      }
    }
    expect(optimizer.steps).toBe(steps.length);
  });

  test('the graph for devices computes them too, but for the decay of what is no matrix', async () => {
    const shapes = new Map(initial.map((tensor, i) => [String(i), shapeOf(tensor)]));
    const matrix = (name: string) => shapes.get(name)!.length > 1;
    const optimizer = new AdamW(named(initial), setting);
    await using program = await Program.compile(adamWGraph(shapes, optimizer.settings), { threads: 1 });
    let [parameters, first, second]: [Tensors, Tensors, Tensors] = [
      named(initial),
      optimizer.first,
      optimizer.second,
    ];
    for (const [at, step] of steps.entries()) {
      const scalars = { ...optimizer.numbersOf(at + 1, setting.learningRate), limit: setting.maxNorm };
      const tensors = Object.entries({
        parameter: parameters,
        gradient: named(step.gradients),
        first,
        second,
      });
      const results = await program.run<string>({
        ...Object.fromEntries(
          Object.entries(scalars).map(([name, value]) => [
            name,
            { shape: [1], data: Float32Array.of(value) },
          ]),
        ),
        ...Object.fromEntries(
          tensors.flatMap(([kind, values]) =>
            [...values].map(([name, data]) => [`${kind}:${name}`, { shape: shapes.get(name)!, data }]),
          ),
        ),
      });
      const next = (kind: string) =>
        new Map(
          [...shapes.keys()].map((name) => [name, results[`next:${kind}:${name}`]!.data as Float32Array]),
        );
      [parameters, first, second] = [next('parameter'), next('first'), next('second')];
      expect(Math.abs(Number(results.norm!.data[0]) / step.norm - 1)).toBeLessThan(1e-5);
      for (const [expected, actual] of [
        [step.parameters, parameters],
        [step.m, first],
        [step.v, second],
      ] as const) {
        for (const [name, tensor] of named(expected)) {
          if (matrix(name) !== setting.decayed[Number(name)] && setting.weightDecay > 0) continue;
          expect(relativeError(actual.get(name)!, tensor), name).toBeLessThan(2e-5);
        }
      }
    }
  });
});

describe('clipping', () => {
  test('scales all gradients by one factor, so that their global norm is the limit', () => {
    const gradients = new Map([
      ['a', Float32Array.of(3, 0)],
      ['b', Float32Array.of(4)],
    ]);
    expect(clipGradients(gradients, 1)).toBe(5);
    expect(gradients.get('a')![0]).toBeCloseTo(0.6, 5);
    expect(gradients.get('b')![0]).toBeCloseTo(0.8, 5);
  });

  test('leaves small gradients as they are', () => {
    const gradients = new Map([['a', Float32Array.of(0.3, -0.4)]]);
    expect(clipGradients(gradients, 1)).toBeCloseTo(0.5, 6);
    expect([...gradients.get('a')!]).toEqual([0.3, -0.4].map(Math.fround));
  });

  test('tells of gradients that are not finite', () => {
    expect(clipGradients(new Map([['a', Float32Array.of(1, Number.NaN)]]), 1)).toBeNaN();
    expect(clipGradients(new Map([['a', Float32Array.of(1, Number.POSITIVE_INFINITY)]]), 1)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
