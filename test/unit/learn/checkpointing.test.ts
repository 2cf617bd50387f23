/** Activation checkpointing: the same numbers from less memory. */
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { reward } from './episodes.ts';
import { createLearner, randomAdapter, randomEpisode } from './tinyLearner.ts';

test('gradients, loss and metrics are those without it, to the last bit', async () => {
  const batch = [5, 9, 2].map((written, i) => ({
    episode: randomEpisode([[7, written]], reward(i / 2), 'group', i),
    advantage: i - 1,
    logpRef: Array<number>(written).fill(-2),
  }));
  const weights = tokenWeights(
    batch.map(({ episode }) => episode),
    'token',
    1,
  );
  const learn = async (checkpointing: boolean) => {
    await using learner = await createLearner(randomAdapter(), { checkpointing });
    const metrics = await learner.accumulate(trainingFeeds(batch, weights, 1));
    return { metrics, gradients: new Map([...learner.gradients].map(([name, data]) => [name, [...data]])) };
  };
  const plain = await learn(false);
  expect(Math.hypot(...[...plain.gradients.values()].flat())).toBeGreaterThan(1e-3);
  expect(await learn(true)).toEqual(plain);
});

test('a step of a deep model takes less than half of the memory, and about what was told', async () => {
  const step = async (...words: string[]) => {
    const script = join(import.meta.dirname, 'stepProcess.ts');
    const { stdout } = await execa(process.execPath, ['--no-warnings', script, ...words]);
    return z.object({ added: z.number(), expected: z.number() }).parse(JSON.parse(stdout));
  };
  // The runtime's own buffers and code come to some ten megabytes on both sides.
  const [checkpointed, plain] = [await step('checkpointing'), await step()];
  expect(checkpointed.added).toBeLessThan(0.5 * plain.added);
  expect(plain.added / plain.expected).toBeGreaterThan(0.7);
  expect(plain.added / plain.expected).toBeLessThan(1.4);
});
