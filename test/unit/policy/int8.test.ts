/** Base weights in 8-bit blocks: near float32 in what is scored, sampled and learned. */
import { expect, test } from 'vitest';
import { actionFeeds, tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { Learner } from '../../../trainer/learn/learner.ts';
import { sft } from '../../../trainer/learn/objectives/sft.ts';
import { loraShapes } from '../../../trainer/model/adapter.ts';
import type { BasePrecision } from '../../../trainer/model/frozen.ts';
import { expectedWeights } from '../../../trainer/model/weights.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Scorer } from '../../../trainer/policy/scorer.ts';
import { Random } from '../../../trainer/random.ts';
import { relativeError } from '../graph/ndarray.ts';
import { episode, step } from '../learn/episodes.ts';
import { randomTensors, tinyConfig, toWeights } from '../learn/tinyModel.ts';

const config = { ...tinyConfig, hiddenSize: 32, intermediateSize: 64, headDim: 8, vocabSize: 40 };
const lora = { rank: 2, alpha: 4 };
const weights = toWeights(randomTensors(expectedWeights(config), 'weights'));
const adapter = toWeights(randomTensors(loraShapes(config, lora), 'adapter'));
// As small beside the base as adapters are: what rounding does is not blown up by it.
for (const { data } of adapter.values()) for (const [i, x] of data.entries()) data[i] = 0.1 * x;
const prompt = [3, 1, 4, 1, 5];

test('log-probabilities are near those of float32, and sampling reports those of its own scoring', async () => {
  const options = { config, weights, lora, threads: 1 };
  await using sampler = await Sampler.create({ ...options, precision: 'int8' });
  const samples = Array.from({ length: 4 }, (_, at) => ({ random: new Random(at), endsWith: () => false }));
  const [tries] = await sampler.generate(
    [{ tokens: prompt, samples }],
    { temperature: 1, maxTokens: 10 },
    adapter,
  );
  const feeds = actionFeeds(
    tries!.map(({ tokens, logp }) => episode([step(prompt, tokens, logp)])),
    1,
  );
  const sampled = tries!.flatMap(({ logp }) => logp);
  const differences = async (precision: BasePrecision) => {
    await using scorer = await Scorer.create({ ...options, precision });
    const scores = await scorer.score(feeds, adapter);
    return sampled.map((logp, i) => Math.abs(logp - scores[i]!));
  };
  const [own, float32] = [await differences('int8'), await differences('float32')];
  expect(Math.max(...own)).toBeLessThan(0.02);
  expect(Math.max(...float32)).toBeLessThan(0.15);
  expect(Math.max(...float32)).toBeGreaterThan(1e-4);
});

test('an adapter gets nearly the gradients that it gets beside float32', async () => {
  const batch = [7, 20].map((written, i) => {
    const action = Array.from({ length: written }, (_, at) => (at * 7 + i) % config.vocabSize);
    return { episode: episode([step(prompt, action)]), advantage: 1, logpRef: action.map(() => 0) };
  });
  const weightOf = tokenWeights(
    batch.map((item) => item.episode),
    'token',
    1,
  );
  const gradients = async (precision: BasePrecision) => {
    await using learner = await Learner.create({
      config,
      weights,
      adapter: { lora, tensors: adapter },
      precision,
      objective: sft,
      actions: 'some',
      masks: 'group',
      threads: 1,
    });
    await learner.accumulate(trainingFeeds(batch, weightOf, 1));
    return [...learner.gradients.values()].flatMap((gradient) => [...gradient]);
  };
  const [int8, float32] = [await gradients('int8'), await gradients('float32')];
  expect(Math.hypot(...float32)).toBeGreaterThan(0.01);
  expect(relativeError(int8, float32)).toBeLessThan(0.1);
});
