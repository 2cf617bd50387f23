/** Supervised fine-tuning on given episodes, beside a scorer that knows nothing of it. */
import { expect, test } from 'vitest';
import { actionFeeds } from '../../../trainer/learn/batch.ts';
import { imitate } from '../../../trainer/learn/imitate.ts';
import { sft } from '../../../trainer/learn/objectives/sft.ts';
import type { Weights } from '../../../trainer/model/weights.ts';
import type { Episode } from '../../../trainer/rollout/episode.ts';
import { reward } from './episodes.ts';
import { createLearner, createScorer, freshAdapter, randomEpisode } from './tinyLearner.ts';

const settings = {
  learningRate: 0.02,
  gradientClip: 1,
  maxTokens: 16,
  microBatchTokens: 1000,
  memoryMegabytes: 1000,
};
const lengths = [2, 5, 3, 1, 4];
const episodes = lengths.map((length, at) => randomEpisode([[3, length]], reward(1), `accepted ${at}`, at));
const count = lengths.reduce((sum, length) => sum + length, 0);

/** Mean negative log-likelihood of all action tokens. */
async function lossOf(adapter: Weights, of: readonly Episode[] = episodes): Promise<number> {
  await using scorer = await createScorer();
  const scores = (await scorer.score(actionFeeds(of, 1), adapter)).subarray(0, count);
  return -scores.reduce((sum, logp) => sum + logp, 0) / count;
}

test('each pass tells the mean loss that it began with, and the last leaves it lower', async () => {
  const adapter = freshAdapter();
  const atFirst = await lossOf(adapter);
  await using learner = await createLearner(adapter, { objective: sft });
  const losses = await imitate(episodes, 8, learner, settings, [1]);
  expect(losses).toHaveLength(8);
  expect(losses[0]).toBeCloseTo(atFirst, 4);
  for (const [at, loss] of losses.entries()) if (at > 0) expect(loss).toBeLessThan(losses[at - 1]!);
  expect(await lossOf(adapter)).toBeLessThan(losses.at(-1)!);
});

test('the size of micro-batches changes neither the losses nor what is learnt', async () => {
  const learnt = async (microBatchTokens: number) => {
    const adapter = freshAdapter();
    await using learner = await createLearner(adapter, { objective: sft });
    const losses = await imitate(episodes, 3, learner, { ...settings, microBatchTokens }, [1]);
    return [...losses, await lossOf(adapter)];
  };
  const [whole, parts] = [await learnt(1000), await learnt(1)];
  for (const [at, loss] of parts.entries()) expect(loss).toBeCloseTo(whole[at]!, 4);
});

test('it stops where its signal says so', async () => {
  await using learner = await createLearner(freshAdapter(), { objective: sft });
  const aborted = imitate(episodes, 1, learner, settings, [1], { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toThrow('aborted');
});
