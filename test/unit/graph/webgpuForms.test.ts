/**
 * Base weights in other forms than float32 on a GPU, beside an adapter in float32, against the CPU with the numbers in
 * float32 that they stand for. float16 needs a software GPU that knows it: lavapipe.
 */
import { describe, expect, test } from 'vitest';
import { fromBlocks } from '../../../trainer/graph/blocks.ts';
import type { Device } from '../../../trainer/graph/program.ts';
import { tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { Learner } from '../../../trainer/learn/learner.ts';
import { grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { loraShapes } from '../../../trainer/model/adapter.ts';
import { decodeFloat16 } from '../../../trainer/model/float16.ts';
import { frozenWeights } from '../../../trainer/model/frozen.ts';
import type { WeightForm } from '../../../trainer/model/weightForm.ts';
import { weightBytes } from '../../../trainer/model/weightMemory.ts';
import { expectedWeights, type Weights } from '../../../trainer/model/weights.ts';
import { PromptSession } from '../../../trainer/policy/promptSession.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Scorer } from '../../../trainer/policy/scorer.ts';
import { Random } from '../../../trainer/random.ts';
import { hasSoftwareGpu, useSoftwareGpu } from '../../softwareGpu.ts';
import { episode, step } from '../learn/episodes.ts';
import { randomTensors, tinyConfig, toWeights } from '../learn/tinyModel.ts';
import { relativeError } from './ndarray.ts';

if (hasSoftwareGpu()) useSoftwareGpu();

const config = { ...tinyConfig, hiddenSize: 32, intermediateSize: 64, headDim: 8, vocabSize: 40 };
const lora = { rank: 2, alpha: 4 };
const weights = toWeights(randomTensors(expectedWeights(config), 'weights'));
/** Numbers in float32 that those in the form stand for. */
const rounded = (form: WeightForm): Weights =>
  new Map(
    [...frozenWeights(weights, form)].map(([name, held]) => {
      const halves = held instanceof Uint16Array ? decodeFloat16(held) : held;
      const data = halves instanceof Float32Array ? halves : fromBlocks(halves);
      return [name, { shape: weights.get(name)!.shape, data }];
    }),
  );
const adapterOf = () => toWeights(randomTensors(loraShapes(config, lora), 'adapter'));
const prompts = [
  [3, 1, 4, 1, 5],
  [2, 7],
];

async function everything(device: Device, base: Weights, precision: WeightForm) {
  const traffic = { toDevice: 0, fromDevice: 0 };
  const own = { config, weights: base, precision, device, traffic };
  await using sampler = await Sampler.create({ ...own, lora, rows: 3 });
  const copied = traffic.toDevice;
  const requests = prompts.map((tokens, at) => ({
    tokens,
    samples: [0, 1].map((sample) => ({ random: new Random(at, sample), endsWith: () => false })),
  }));
  const groups = await sampler.generate(requests, { temperature: 1, maxTokens: 5 }, adapterOf());
  const tries = groups.flatMap((samples, at) =>
    samples.map((sample) => ({ ...sample, prompt: prompts[at]! })),
  );
  const batch = tries.map(({ prompt, tokens, logp }, at) => ({
    episode: episode([step(prompt, tokens, logp)]),
    advantage: (at % 2) - 0.5,
    logpRef: tokens.map(() => -2),
  }));
  const weightOf = tokenWeights(
    batch.map((item) => item.episode),
    'token',
    1,
  );
  const feeds = trainingFeeds(batch, weightOf, 1);
  await using session = await PromptSession.create(own);
  const logits = [...(await session.logitsAfter(prompts[0]!))];
  await using scorer = await Scorer.create(own);
  const { weight, advantage, logpOld, logpRef, ...asked } = feeds;
  const scores = await scorer.score(asked);
  const trained = adapterOf();
  await using learner = await Learner.create({
    ...own,
    adapter: { lora, tensors: trained },
    objective: grpo({ clipLow: 0.2, clipHigh: 0.28, beta: 0.1, kl: 'k3' }),
    actions: 'some',
    masks: 'group',
  });
  await learner.accumulate(feeds);
  await learner.step(0.01, 1);
  await learner.toHost();
  return {
    copied,
    tokens: tries.map(({ tokens }) => tokens),
    logp: tries.flatMap(({ logp }) => logp),
    scores: [...scores],
    logits,
    adapter: [...learner.parameters.values()].flatMap((data) => [...data]),
  };
}

describe.each(['float16', 'int8', 'int4'] as const)('base weights in %s on WebGPU', (form) => {
  test.skipIf(!hasSoftwareGpu(form === 'float16' ? 'lavapipe' : undefined))(
    'give the samples, scores, completions and training step of the CPU with the same numbers in float32',
    { timeout: 600_000 },
    async () => {
      const cpu = await everything('cpu', rounded(form), 'float32');
      const gpu = await everything('webgpu', weights, form);
      expect(gpu.tokens).toEqual(cpu.tokens);
      for (const what of ['logp', 'scores', 'logits', 'adapter'] as const) {
        expect(relativeError(gpu[what], cpu[what]), what).toBeLessThan(1e-5);
      }
      const tables = 4 * config.maxPositions * config.headDim;
      expect(gpu.copied).toBe(weightBytes(config, form) + tables);
      const exact = await everything('cpu', weights, 'float32');
      expect(relativeError(gpu.scores, exact.scores)).toBeGreaterThan(1e-5);
    },
  );
});
