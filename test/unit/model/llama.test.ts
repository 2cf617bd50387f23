/** The model's logits and gradients against transformers and PEFT (golden files: test/golden). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../trainer/graph/graph.ts';
import { mul, neg, reduceSum } from '../../../trainer/graph/ops.ts';
import { type Device, Program, type TensorData } from '../../../trainer/graph/program.ts';
import { causalMask, int64 } from '../../../trainer/learn/feeds.ts';
import { Learner } from '../../../trainer/learn/learner.ts';
import type { Objective } from '../../../trainer/learn/objective.ts';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { fullAttention, Llama } from '../../../trainer/model/llama.ts';
import { rotaryTables } from '../../../trainer/model/rotary.ts';
import { readSafetensors } from '../../../trainer/model/safetensors.ts';
import { loadWeights } from '../../../trainer/model/weights.ts';

const golden = join(import.meta.dirname, '../../../test-fixtures/golden');
const json = async (path: string) => JSON.parse(await readFile(join(golden, path), 'utf8'));
const goldenAdapter = { rank: 4, alpha: 8 };

function sequences(ids: readonly (readonly number[])[]): Record<string, TensorData> {
  const [B, T] = [ids.length, ids[0]!.length];
  return {
    tokens: int64([B, T], (i) => ids.flat()[i]!),
    positions: int64([B, T], (i) => i % T),
    mask: causalMask(T),
  };
}

describe.each(['llama-tied', 'llama-untied-bias', 'llama-f16', 'qwen2', 'qwen3', 'qwen3-yarn'])(
  '%s',
  (name) => {
    test.each<Device>(['cpu'])('gives the logits of transformers on %s', async (device) => {
      const { inputIds, logits } = await json(`${name}/golden.json`);
      const config = await readLlamaConfig(join(golden, name));
      const weights = await loadWeights(join(golden, name), config);
      const graph = new Graph();
      const llama = new Llama(graph, config);
      const tokens = graph.input('tokens', ['B', 'T'], 'int64');
      const positions = graph.input('positions', ['B', 'T'], 'int64');
      const hidden = llama.hidden(tokens, positions, fullAttention(graph.input('mask', [1, 1, 'T', 'T'])));
      await using program = await Program.compile({ logits: llama.logits(hidden) }, { device });
      const result = await program.run<'logits'>({
        ...rotaryTables(config, 32),
        ...Object.fromEntries(weights),
        ...sequences(inputIds),
      });
      const expected = logits.flat(2);
      expect(
        Math.max(...expected.map((x: number, i: number) => Math.abs(x - Number(result.logits.data[i])))),
      ).toBeLessThan(2e-5);
    });
  },
);

/** The golden loss, whose weights may be negative. */
const weightedLikelihood: Objective = ({ logp, weight }) => ({
  loss: reduceSum(mul(neg(logp), weight)),
  metrics: {},
});

/** ‖actual − expected‖ / ‖expected‖. */
function relativeError(actual: Float32Array, expected: Float32Array): number {
  let [difference, size] = [0, 0];
  for (const [i, x] of expected.entries()) {
    difference += (actual[i]! - x) ** 2;
    size += x ** 2;
  }
  return Math.sqrt(difference / size);
}

describe.each(['llama-tied', 'llama-untied-bias', 'qwen2', 'qwen3'])('%s', (name) => {
  test.each(['full', 'lora'])('gives the gradients of PyTorch for %s training', async (kind) => {
    const directory = join(golden, name);
    const record = await json(`${name}/gradients.json`);
    const config = await readLlamaConfig(directory);
    const weights = await loadWeights(directory, config);
    const saved = await readSafetensors(join(directory, 'adapter/adapter_model.safetensors'));
    const tensors = new Map(
      [...saved].map(([key, tensor]) => [key.replace('base_model.model.', ''), tensor]),
    );
    await using learner = await Learner.create({
      config,
      weights,
      adapter: kind === 'lora' ? { lora: goldenAdapter, tensors } : undefined,
      objective: weightedLikelihood,
      actions: 'some',
      masks: 'shared',
    });

    const [B, T] = [3, 10];
    const actions = record.weights.map((row: number[]) => row.flatMap((w, t) => (w === 0 ? [] : [t])));
    const A = Math.max(...actions.map((row: number[]) => row.length));
    const at = (i: number): number | undefined => actions[Math.floor(i / A)][i % A];
    const row = (i: number) => Math.floor(i / A);
    const { loss } = await learner.accumulate({
      ...sequences(record.inputIds),
      rows: int64([B, A], (i) => row(i) * T + (at(i) ?? 1) - 1),
      targets: int64([B, A], (i) => (at(i) === undefined ? 0 : record.inputIds[row(i)][at(i)!])),
      weight: {
        shape: [B, A],
        data: Float32Array.from({ length: B * A }, (_, i) =>
          at(i) === undefined ? 0 : record.weights[row(i)][at(i)!],
        ),
      },
      temperature: { shape: [], data: Float32Array.of(record.temperature) },
    });
    expect(loss).toBeCloseTo(record[kind].loss, 5);

    const expected = await readSafetensors(join(directory, `gradients-${kind}.safetensors`));
    expect([...learner.gradients.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [key, gradient] of learner.gradients) {
      expect(relativeError(gradient, expected.get(key)!.data), key).toBeLessThan(1e-4);
    }
  });
});
