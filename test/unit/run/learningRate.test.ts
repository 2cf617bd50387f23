import { expect, test } from 'vitest';
import { embeddedModel } from '../../../trainer/cli/places.ts';
import { readConfig } from '../../../trainer/model/loadModel.ts';
import { withLearningRate } from '../../../trainer/run/learningRate.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { config as smolLm2 } from '../../bench/engine/smolLm2.ts';

test('the learning rate is left to the model where nothing is said, and larger models get less', async () => {
  const rate = async (given: object, config = smolLm2) =>
    withLearningRate(trainSettings.parse(given), config).learningRate;
  expect(await rate({}, await readConfig(embeddedModel))).toBe(0.0015);
  expect(await rate({})).toBe(0.0003);
  expect(await rate({ learningRate: 0.002 })).toBe(0.002);
});
