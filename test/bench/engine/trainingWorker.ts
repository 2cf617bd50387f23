/** One training step of the engine in a process of its own, so that its peak memory is that of nothing else. */
import { createInterface } from 'node:readline';
import { type TrainingEpisode, tokenWeights, trainingFeeds } from '../../../trainer/learn/batch.ts';
import { sizeOf } from '../../../trainer/learn/episodeSize.ts';
import { Learner } from '../../../trainer/learn/learner.ts';
import { microBatches } from '../../../trainer/learn/microBatches.ts';
import { grpo } from '../../../trainer/learn/objectives/grpo.ts';
import { newAdapter } from '../../../trainer/model/adapter.ts';
import { config, randomTokens, randomWeights } from './smolLm2.ts';
import { training } from './work.ts';

export interface TrainingRequest {
  readonly share: boolean;
  readonly groups: number;
}

export interface TrainingAnswer {
  readonly tokensPerSecond: number;
  /** The most resident memory of the process so far, in bytes. */
  readonly peak: number;
}

const lora = { rank: training.rank, alpha: 2 * training.rank };
const episodes: TrainingEpisode[] = Array.from({ length: training.groups * training.tries }, (_, at) => {
  const group = Math.floor(at / training.tries);
  const action = randomTokens(training.tokens, 1000 + at);
  const logp = action.map(() => -Math.log(config.vocabSize));
  return {
    episode: {
      id: String(at),
      taskId: String(group),
      split: 'train',
      group: String(group),
      policyVersion: 0,
      steps: [{ observation: randomTokens(training.promptTokens, group), action, logp, stop: 'length' }],
      completion: '',
      reward: { value: 0, verdict: 'failed', tests: [], seconds: 0, cached: false },
    },
    advantage: (at % training.tries) / training.tries - 0.5,
    logpRef: logp,
  };
});

await using learner = await Learner.create({
  config,
  weights: randomWeights(),
  adapter: { lora, tensors: newAdapter(config, lora, 1) },
  objective: grpo({ clipLow: 0.2, clipHigh: 0.2, beta: 0.1, kl: 'k3' }),
  actions: 'some',
  masks: 'group',
  checkpointing: process.argv.includes('--checkpointing'),
});
console.log(JSON.stringify('ready'));
for await (const line of createInterface({ input: process.stdin })) {
  const { share, groups }: TrainingRequest = JSON.parse(line);
  const batch = episodes.slice(0, groups * training.tries);
  const weights = tokenWeights(
    batch.map(({ episode }) => episode),
    'token',
    training.tokens,
  );
  const started = performance.now();
  // A group at a time on both sides.
  const tokens = training.promptTokens + training.tries * training.tokens;
  for (const part of microBatches(batch, ({ episode }) => sizeOf(episode), { tokens })) {
    await learner.accumulate(trainingFeeds(part, weights, 1, share));
  }
  await learner.step(1e-5, 1);
  const seconds = (performance.now() - started) / 1000;
  const answer: TrainingAnswer = {
    tokensPerSecond: (batch.length * (training.promptTokens + training.tokens)) / seconds,
    peak: 1024 * process.resourceUsage().maxRSS,
  };
  console.log(JSON.stringify(answer));
}
