/**
 * Whole models on the WebGPU provider, where no node may fall back to the CPU, against the CPU provider. Needs a
 * software GPU: lavapipe, or Debian's packages chromium and libvulkan1.
 */
import { describe, expect, test } from 'vitest';
import type { Value } from '../../../trainer/graph/graph.ts';
import { type Device, Program, type TensorData } from '../../../trainer/graph/program.ts';
import type { Traffic } from '../../../trainer/graph/residentTensor.ts';
import { tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { Learner } from '../../../trainer/learn/learner.ts';
import { grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { policyGraph, trainingGraph } from '../../../trainer/learn/trainingGraph.ts';
import { copyOf } from '../../../trainer/learn/weightAverage.ts';
import { loraShapes } from '../../../trainer/model/adapter.ts';
import type { LlamaConfig } from '../../../trainer/model/config.ts';
import { parameterCount } from '../../../trainer/model/weightMemory.ts';
import { expectedWeights } from '../../../trainer/model/weights.ts';
import { PromptSession } from '../../../trainer/policy/promptSession.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Scorer } from '../../../trainer/policy/scorer.ts';
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

  test('two training steps in micro-batches that share prompts are those of the CPU, and no weight leaves the device', async () => {
    const batch = [3, 6, 2].map((written, i) => {
      const action = Array.from({ length: written }, (_, at) => (at * 3 + i) % tied.vocabSize);
      return { episode: episode([step([1, 2, 3], action)]), advantage: i - 1, logpRef: action.map(() => -2) };
    });
    const results = [];
    for (const device of devices) {
      const trained = toWeights(adapterOf(tied));
      const average = copyOf(trained);
      const traffic = { toDevice: 0, fromDevice: 0 };
      await using learner = await Learner.create({
        config: tied,
        weights: toWeights(weightsOf(tied)),
        adapter: { lora, tensors: trained },
        objective: grpo({ clipLow: 0.2, clipHigh: 0.28, beta: 0.1, kl: 'k3' }),
        actions: 'some',
        masks: 'group',
        optimizer: { weightDecay: 0.1 },
        average,
        device,
        traffic,
      });
      const weightOf = tokenWeights(
        batch.map((item) => item.episode),
        'token',
        1,
      );
      const micro = batch.map((item) => trainingFeeds([item], weightOf, 1));
      const seen: number[] = [];
      for (let step = 0; step < 2; step++) {
        for (const feeds of micro) seen.push(...Object.values(await learner.accumulate(feeds)));
        seen.push(await learner.step(0.01, 0.05));
        await learner.moveAverage(0.9);
      }
      const crossed = { ...traffic };
      await learner.toHost();
      results.push({
        ...named('parameter', learner.parameters),
        ...named('first', learner.optimizer.first),
        ...named('second', learner.optimizer.second),
        ...named('average', new Map([...average].map(([name, { data }]) => [name, data]))),
        metrics: { data: seen },
      });
      if (device === 'cpu') continue;
      // What the device computes with goes there once, and nothing but numbers comes back.
      const adapter = sum([...trained.values()].map(({ data }) => data.byteLength));
      const fed = sum(micro.flatMap(Object.values<TensorData>).map(bytesOnDevice));
      const numbers = 4 + 1;
      expect(crossed.fromDevice).toBe(4 * seen.length);
      expect(crossed.toDevice).toBe(baseBytes(tied) + 4 * adapter + 2 * (fed + 4 * numbers));
    }
    expectEqual(results);
  });

  test('scores are those of the CPU', async () => {
    const { logp, entropy } = policyGraph({ config: untied, lora, actions: 'some', masks: 'shared' });
    const arrays = { ...tinyBatch(untied), ...adapterOf(untied) };
    expectEqual(await onBoth({ logp, entropy }, arrays, frozenOf(untied)));
  });

  test('the same tokens are sampled as on the CPU, where rows and prompts come and go, and of each row two numbers come back', async () => {
    const weights = toWeights(weightsOf(tied));
    const adapter = toWeights(adapterOf(tied));
    const results = [];
    for (const device of devices) {
      const traffic = { toDevice: 0, fromDevice: 0 };
      await using sampler = await Sampler.create({ config: tied, weights, lora, rows: 5, device, traffic });
      // More prompts than are read at once.
      const prompts = Array.from({ length: 18 }, (_, prompt) => ({
        tokens: Array.from({ length: 1 + (prompt % 4) }, (_, at) => (3 * prompt + at) % tied.vocabSize),
        samples: Array.from({ length: 1 + (prompt % 3 === 0 ? 2 : 0) }, (_, at) => ({
          random: new Random('sample', prompt, at),
          endsWith: (token: number) => token % 5 === prompt % 5,
        })),
      }));
      let rows = 0;
      const onTokens = (count: number) => (rows += count);
      const groups = await sampler.generate(prompts, { temperature: 1, maxTokens: 6, onTokens }, adapter);
      results.push({
        tokens: { data: groups.flat().flatMap(({ tokens }) => tokens) },
        logp: { data: groups.flat().flatMap(({ logp }) => logp) },
      });
      if (device === 'cpu') continue;
      // The probabilities after each prompt; then a token and its log-probability a row.
      expect(traffic.fromDevice).toBe(4 * (tied.vocabSize * prompts.length + 2 * rows));
      // The model and the adapter once, room for the first token, and less than thirty numbers a token of each row.
      const once = baseBytes(tied) + sum([...adapter.values()].map(({ data }) => data.byteLength));
      const room = 4 * tied.layers * 5 * tied.keyValueHeads * tied.headDim;
      const read = sum(prompts.map(({ tokens }) => tokens.length));
      expect(traffic.toDevice).toBeLessThan(once + 4 * room + 4 * 30 * (rows + read));
    }
    expect(results[1]!.tokens).toEqual(results[0]!.tokens);
    expectEqual(results);
  });

  test('a text that is edited and grows is read as on the CPU, and nothing of what was read crosses again', async () => {
    const config = { ...tied, maxPositions: 300 };
    const weights = toWeights(weightsOf(config));
    const traffic = { toDevice: 0, fromDevice: 0 };
    await using cpu = await PromptSession.create({ config, weights });
    await using gpu = await PromptSession.create({ config, weights, device: 'webgpu', traffic });
    expect(traffic.toDevice).toBe(baseBytes(config));
    const text = Array.from({ length: 150 }, (_, at) => (at * 7 + (at >> 3)) % config.vocabSize);
    const texts = [[], [1], [1, 2], [1, 2, 3, 4, 5, 6], [1, 9, 4], [...text, 3]].map((end) => [5, ...end]);
    texts.splice(5, 0, text, text.slice(0, 3));
    for (const tokens of texts) {
      const before = { ...traffic };
      const read = tokens.length - gpu.reusable(tokens);
      const [ours, theirs] = [await gpu.logitsAfter(tokens), await cpu.logitsAfter(tokens)];
      expect(relativeError(ours, theirs)).toBeLessThan(1e-4);
      expect(traffic.fromDevice - before.fromDevice).toBe(4 * config.vocabSize);
      // A cache of 128 columns and more is masked and picked, and a piece is padded to at most four times its tokens.
      const padded = 4 * read;
      expect(traffic.toDevice - before.toDevice).toBeLessThan(4 * (2 * 192 + padded ** 2 + 4 * padded + 64));
    }
  });

  test('all that compute with a model share one copy of it there, which goes with the last of them', async () => {
    const weights = toWeights(weightsOf(untied));
    const options = (traffic: Traffic) => ({ config: untied, weights, device: 'webgpu' as const, traffic });
    const copied = async (
      create: (traffic: Traffic) => Promise<AsyncDisposable>,
      all: AsyncDisposableStack,
    ) => {
      const traffic = { toDevice: 0, fromDevice: 0 };
      all.use(await create(traffic));
      return traffic.toDevice;
    };
    const adapter = { lora, tensors: toWeights(adapterOf(untied)) };
    const learns = { adapter, objective: grpo({ clipLow: 0.2, clipHigh: 0.2, beta: 0, kl: 'k3' }) };
    for (let time = 0; time < 2; time++) {
      await using all = new AsyncDisposableStack();
      expect(await copied((traffic) => Sampler.create({ ...options(traffic), lora }), all)).toBe(
        baseBytes(untied),
      );
      expect(await copied((traffic) => Scorer.create(options(traffic)), all)).toBe(0);
      const learner = (traffic: Traffic) =>
        Learner.create({ ...options(traffic), ...learns, actions: 'some', masks: 'group' });
      expect(await copied(learner, all)).toBe(0);
    }
  });
});

/** Weights and rotary tables. */
const baseBytes = (config: LlamaConfig) =>
  4 * (parameterCount(config) + config.maxPositions * config.headDim);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Indices are 32 bits there. */
const bytesOnDevice = ({ data }: TensorData) =>
  data instanceof BigInt64Array ? data.byteLength / 2 : data.byteLength;

const named = (kind: string, tensors: ReadonlyMap<string, Float32Array>) =>
  Object.fromEntries([...tensors].map(([name, data]) => [`${kind} ${name}`, { data }]));
