/** Gradients of the GRPO objective through a whole Llama: against finite differences, and as ONNX Runtime computes them. */
import { describe, expect, test } from 'vitest';
import { Program } from '../../../trainer/graph/program.ts';
import { grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { trainingGraph } from '../../../trainer/learn/trainingGraph.ts';
import { loraShapes } from '../../../trainer/model/adapter.ts';
import { expectedWeights } from '../../../trainer/model/weights.ts';
import { directionalDerivative } from '../graph/finiteDifferences.ts';
import { type NdArray, randomArray, relativeError } from '../graph/ndarray.ts';
import { evaluate } from '../graph/reference.ts';
import { randomTensors, tinyBatch, tinyConfig, toFeeds } from './tinyModel.ts';

const lora = { rank: 2, alpha: 3 };
const models = [
  { title: 'a tied head', config: tinyConfig },
  {
    title: 'an untied head and biases',
    config: { ...tinyConfig, tieWordEmbeddings: false, attentionBias: true, mlpBias: true },
  },
];

const variants = models.flatMap(({ title, config }) => [
  { title: `${title}, all weights`, config, lora: undefined },
  { title: `${title}, LoRA`, config, lora },
]);

function training({ config, lora }: (typeof variants)[number]) {
  const weights = randomTensors(expectedWeights(config), 'weights');
  const adapter = lora ? randomTensors(loraShapes(config, lora), 'adapter') : {};
  const trainable = Object.keys(lora ? adapter : weights);
  const objective = grpo({ clipLow: 0.2, clipHigh: 0.28, beta: 0.1, kl: 'k3' });
  const outputs = trainingGraph({ config, lora, actions: 'some', masks: 'shared', objective, trainable });
  return { outputs, trainable, feeds: { ...weights, ...adapter, ...tinyBatch(config) } };
}

describe.each(variants)('with $title', (variant) => {
  const { outputs, trainable, feeds } = training(variant);
  const reference = evaluate(outputs, feeds);

  test('some tokens are clipped and some are not, and the loss is a number', () => {
    const share = reference.clipped!.data[0]!;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(1);
    expect(reference.loss!.data[0]).toSatisfy(Number.isFinite);
  });

  test.each(trainable)('the gradient of %s equals finite differences', (name) => {
    const loss = (at: Readonly<Record<string, NdArray>>) =>
      evaluate({ loss: outputs.loss! }, at).loss.data[0]!;
    const direction = randomArray(feeds[name]!.shape, 'direction', name).data;
    const expected = directionalDerivative(loss, feeds, name, direction);
    const grad = reference[`grad:${name}`]!;
    expect(grad.shape).toEqual(feeds[name]!.shape);
    const along = grad.data.reduce((sum, x, i) => sum + x * direction[i]!, 0);
    expect(relativeError([along], [expected])).toBeLessThan(1e-6);
  });

  test('ONNX Runtime computes the loss, the metrics and all gradients', async () => {
    await using program = await Program.compile(outputs);
    const results = await program.run<string>(toFeeds(feeds));
    for (const [name, { data }] of Object.entries(reference)) {
      expect(relativeError(results[name]!.data as Float32Array, data), name).toBeLessThan(1e-4);
    }
  });
});
