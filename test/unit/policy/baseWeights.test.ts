/** Base weights in other forms than float32: near it in what is scored, sampled and learned. */
import { expect, test } from 'vitest';
import { fromBlocks } from '../../../trainer/graph/blocks.ts';
import type { Frozen } from '../../../trainer/graph/program.ts';
import { actionFeeds, tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { Learner, type LearnerOptions } from '../../../trainer/learn/learner.ts';
import { sft } from '../../../trainer/learn/objectives/sft.ts';
import { loraShapes } from '../../../trainer/model/adapter.ts';
import { decodeFloat16 } from '../../../trainer/model/float16.ts';
import { frozenWeights } from '../../../trainer/model/frozen.ts';
import type { WeightForm } from '../../../trainer/model/weightForm.ts';
import { expectedWeights, type Weights } from '../../../trainer/model/weights.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Scorer, type ScorerOptions } from '../../../trainer/policy/scorer.ts';
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

/** How far the log-probabilities of sampling may be from the scorer's, and from those of float32 with the same, rounded numbers. */
const forms = [
  { form: 'float16', frozenData: 'packed', most: 1e-5 },
  { form: 'int8', frozenData: 'shared', most: 1e-5 },
  { form: 'int4', frozenData: 'shared', most: 1e-5 },
  // The quick products round activations to 8 bits.
  { form: 'int8', frozenData: 'packed', most: 0.1 },
  { form: 'int4', frozenData: 'packed', most: 0.1 },
] as const;

/** Weights in float32 that are what those in the form stand for. */
function rounded(form: WeightForm): Weights {
  const numbers = (held: Frozen) => {
    if (held instanceof Float32Array) return held;
    return held instanceof Uint16Array ? decodeFloat16(held) : fromBlocks(held);
  };
  return new Map(
    [...frozenWeights(weights, form)].map(([name, held]) => [
      name,
      { shape: weights.get(name)!.shape, data: numbers(held) },
    ]),
  );
}

test.each(forms)(
  'in $form, $frozenData, sampling reports the log-probabilities of scoring, and those of what it stands for',
  async ({ form, frozenData, most }) => {
    const options = { config, weights, lora, threads: 1 };
    await using sampler = await Sampler.create({ ...options, precision: form, frozenData });
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
    const differences = async (own: Partial<ScorerOptions>) => {
      await using scorer = await Scorer.create({ ...options, ...own });
      const scores = await scorer.score(feeds, adapter);
      return sampled.map((logp, i) => Math.abs(logp - scores[i]!));
    };
    const own = await differences({ precision: form });
    const float32 = await differences({ weights: rounded(form) });
    expect(Math.max(...own)).toBeLessThan(most);
    expect(Math.max(...float32)).toBeLessThan(most);
  },
);

test.each(['float16', 'int8', 'int4'] as const)(
  'an adapter gets the gradients beside %s that it gets beside what that stands for',
  async (form) => {
    const batch = [7, 20].map((written, i) => {
      const action = Array.from({ length: written }, (_, at) => (at * 7 + i) % config.vocabSize);
      return { episode: episode([step(prompt, action)]), advantage: 1, logpRef: action.map(() => 0) };
    });
    const weightOf = tokenWeights(
      batch.map((item) => item.episode),
      'token',
      1,
    );
    const gradients = async (base: Pick<LearnerOptions, 'weights' | 'precision'>) => {
      await using learner = await Learner.create({
        ...base,
        config,
        adapter: { lora, tensors: adapter },
        objective: sft,
        actions: 'some',
        masks: 'group',
        threads: 1,
      });
      await learner.accumulate(trainingFeeds(batch, weightOf, 1));
      return [...learner.gradients.values()].flatMap((gradient) => [...gradient]);
    };
    const held = await gradients({ weights, precision: form });
    const float32 = await gradients({ weights: rounded(form) });
    expect(Math.hypot(...float32)).toBeGreaterThan(0.01);
    expect(relativeError(held, float32)).toBeLessThan(1e-5);
  },
);
