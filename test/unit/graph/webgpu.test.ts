/**
 * Whole models on the WebGPU provider, where no node may fall back to the CPU, against the CPU provider. Needs a
 * software GPU: Debian's packages chromium and libvulkan1.
 */
import { describe, expect, test } from 'vitest';
import type { Value } from '../../../trainer/graph/graph.ts';
import { type Device, Program } from '../../../trainer/graph/program.ts';
import { tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { Learner } from '../../../trainer/learn/learner.ts';
import { grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { policyGraph, trainingGraph } from '../../../trainer/learn/trainingGraph.ts';
import { loraShapes } from '../../../trainer/model/adapter.ts';
import type { LlamaConfig } from '../../../trainer/model/config.ts';
import { expectedWeights } from '../../../trainer/model/weights.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Random } from '../../../trainer/random.ts';
import { hasSoftwareGpu, useSoftwareGpu } from '../../softwareGpu.ts';
import { episode, step } from '../learn/episodes.ts';
import { randomTensors, tinyBatch, tinyConfig, toFeeds, toWeights } from '../learn/tinyModel.ts';
import { type NdArray, relativeError } from './ndarray.ts';

if (hasSoftwareGpu()) useSoftwareGpu();
else
  console.warn('WebGPU is not tested: there is no software GPU, which Debian has (chromium and libvulkan1).');

const lora = { rank: 2, alpha: 3 };
const devices: readonly Device[] = ['cpu', 'webgpu'];
const tied = { ...tinyConfig, layers: 1 };
const untied = { ...tied, tieWordEmbeddings: false, attentionBias: true, mlpBias: true };

const weightsOf = (config: LlamaConfig) => randomTensors(expectedWeights(config), 'weights');
const adapterOf = (config: LlamaConfig) => randomTensors(loraShapes(config, lora), 'adapter');
const frozenOf = (config: LlamaConfig) =>
  new Map([...toWeights(weightsOf(config))].map(([name, { data }]) => [name, data]));

/** Holds the results of the GPU against those of the CPU. */
function expectEqual(results: readonly Record<string, { readonly data: ArrayLike<unknown> }>[]) {
  const [cpu, gpu] = results;
  expect(Object.keys(gpu!)).toEqual(Object.keys(cpu!));
  for (const [name, { data }] of Object.entries(cpu!)) {
    const error = relativeError(gpu![name]!.data as Float32Array, data as Float32Array);
    expect(error, name).toBeLessThan(1e-4);
  }
}

/** What a graph computes on each device. */
async function onBoth(
  outputs: Readonly<Record<string, Value>>,
  arrays: Readonly<Record<string, NdArray>>,
  frozen: ReadonlyMap<string, Float32Array> = new Map(),
) {
  const results = [];
  for (const device of devices) {
    await using program = await Program.compile(outputs, { device, frozen });
    results.push(await program.run<string>(toFeeds(arrays)));
  }
  return results;
}

// A software GPU takes its time to compile shaders.
describe.skipIf(!hasSoftwareGpu())('on WebGPU', { timeout: 600_000 }, () => {
  test.each([
    { title: 'an adapter, biases and an untied head', config: untied, tuned: lora },
    { title: 'all weights, with a tied head', config: tied, tuned: undefined },
  ])('a training step is that of the CPU: $title', async ({ config, tuned }) => {
    const trained = tuned ? adapterOf(config) : weightsOf(config);
    const outputs = trainingGraph({
      config,
      lora: tuned,
      actions: 'some',
      masks: 'shared',
      objective: grpo({ clipLow: 0.2, clipHigh: 0.28, beta: 0.1, kl: 'k3' }),
      trainable: Object.keys(trained),
    });
    const frozen = tuned && frozenOf(config);
    expectEqual(await onBoth(outputs, { ...tinyBatch(config), ...trained }, frozen));
  });

  test('a training step whose prompts are shared is that of the CPU', async () => {
    const trained = toWeights(adapterOf(tied));
    const batch = [3, 6, 2].map((written, i) => {
      const action = Array.from({ length: written }, (_, at) => (at * 3 + i) % tied.vocabSize);
      return { episode: episode([step([1, 2, 3], action)]), advantage: i - 1, logpRef: action.map(() => -2) };
    });
    const results = [];
    for (const device of devices) {
      await using learner = await Learner.create({
        config: tied,
        weights: toWeights(weightsOf(tied)),
        adapter: { lora, tensors: trained },
        objective: grpo({ clipLow: 0.2, clipHigh: 0.28, beta: 0.1, kl: 'k3' }),
        actions: 'some',
        masks: 'group',
        device,
      });
      const weightOf = tokenWeights(
        batch.map((item) => item.episode),
        'token',
        1,
      );
      const metrics = await learner.accumulate(trainingFeeds(batch, weightOf, 1));
      const gradients = [...learner.gradients].map(([name, data]) => [name, { data }] as const);
      results.push({ ...Object.fromEntries(gradients), metrics: { data: Object.values(metrics) } });
    }
    expectEqual(results);
  });

  test('scores are those of the CPU', async () => {
    const { logp, entropy } = policyGraph({ config: untied, lora, actions: 'some', masks: 'shared' });
    const arrays = { ...tinyBatch(untied), ...adapterOf(untied) };
    expectEqual(await onBoth({ logp, entropy }, arrays, frozenOf(untied)));
  });

  test('the same tokens are sampled as on the CPU', async () => {
    const weights = toWeights(weightsOf(tied));
    const results = [];
    for (const device of devices) {
      await using sampler = await Sampler.create({ config: tied, weights, lora, device });
      const prompts = [[1, 2, 3], [4], [5, 6, 7, 8, 9]].map((tokens, prompt) => ({
        tokens,
        samples: [0, 1].map((at) => ({ random: new Random('sample', prompt, at), endsWith: () => false })),
      }));
      const settings = { temperature: 1, maxTokens: 6 };
      const groups = await sampler.generate(prompts, settings, toWeights(adapterOf(tied)));
      results.push({
        tokens: { data: groups.flat().flatMap(({ tokens }) => tokens) },
        logp: { data: groups.flat().flatMap(({ logp }) => logp) },
      });
    }
    expect(results[1]!.tokens).toEqual(results[0]!.tokens);
    expectEqual(results);
  });
});
