/** Learns once with a random model of 16 layers, and prints what that added to the peak of memory, and what was expected to, in bytes. */
import { tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { sizeOf } from '../../../trainer/learn/episodeSize.ts';
import { stepBytes } from '../../../trainer/learn/memory.ts';
import { expectedWeights } from '../../../trainer/model/weights.ts';
import { reward } from './episodes.ts';
import { createLearner, randomEpisode } from './tinyLearner.ts';
import { randomTensors, tinyConfig, toWeights } from './tinyModel.ts';

const config = { ...tinyConfig, hiddenSize: 64, intermediateSize: 256, layers: 16, maxPositions: 512 };
const batch = [0, 1, 2, 3].map((i) => ({
  episode: randomEpisode([[32, 256]], reward(i / 3), 'group', i),
  advantage: i - 1.5,
  logpRef: Array<number>(256).fill(-2),
}));
const weightOf = tokenWeights(
  batch.map(({ episode }) => episode),
  'token',
  1,
);
await using learner = await createLearner(undefined, {
  config,
  weights: toWeights(randomTensors(expectedWeights(config), 'weights')),
  checkpointing: process.argv.includes('checkpointing'),
});
const feeds = trainingFeeds(batch, weightOf, 1);
const peak = () => process.resourceUsage().maxRSS * 1024;
const before = peak();
await learner.accumulate(feeds);
const expected = stepBytes(
  config,
  batch.map(({ episode }) => sizeOf(episode)),
  learner.checkpointing,
);
console.log(JSON.stringify({ added: peak() - before, expected }));
