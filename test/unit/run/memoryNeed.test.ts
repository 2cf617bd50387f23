/** What a training is said to take, by its settings. */
import { expect, test } from 'vitest';
import { memoryNeed, needMemoryFor } from '../../../trainer/run/memoryNeed.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { config } from '../../bench/engine/smolLm2.ts';

const needs = (values: object) => memoryNeed(config, trainSettings.parse(values));

test('settings that save memory are said to', () => {
  const usual = needs({});
  const few = { microBatchTokens: 640 };
  expect(needs({ ...few, activationCheckpointing: true }).learning).toBeLessThan(0.7 * needs(few).learning);
  expect(needs({ memoryMegabytes: 512 }).learning).toBeLessThan(0.7 * usual.learning);
  expect(needs({ maxTokens: 32 }).sampling).toBeLessThan(0.7 * usual.sampling);
  const weights = (form: string) => needs({ baseWeights: form }).weights;
  expect(weights('float16')).toBeLessThan(0.5 * weights('float32'));
  expect(weights('int8')).toBeLessThan(weights('float16'));
  expect(weights('int4')).toBeLessThan(weights('int8'));
});

test('float32 weights are there once as read and once as products want them', () => {
  const bytes = 4 * 134_515_008;
  expect(needs({}).weights).toBeGreaterThanOrEqual(2 * bytes);
  expect(needs({}).weights).toBeLessThan(2.5 * bytes);
});

test('any number of tries and of tokens can be told', () => {
  const huge = { tries: 1_000_000_000, tasksPerStep: 1_000_000, maxTokens: 100_000, promptTokens: 100_000 };
  expect(needs({ ...huge, microBatchTokens: 1e9, memoryMegabytes: 1e9 }).total).toBeGreaterThan(1e12);
});

test('a training that takes far more than what is free is refused with what can be done', () => {
  const settings = trainSettings.parse({});
  const { total } = memoryNeed(config, settings);
  needMemoryFor('my/model', config, settings, total);
  expect(() => needMemoryFor('my/model', config, settings, total / 2)).toThrow(
    /^Training my\/model takes about \d\.\d GB of memory and \d\.\d GB are free: choose a smaller base model, set baseWeights to float16, int8 or int4, or lower memoryMegabytes \(with activationCheckpointing more fits into it\)\.$/,
  );
});
