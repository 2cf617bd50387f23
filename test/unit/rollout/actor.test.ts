/** An actor with a model that writes random bytes, and a grader that only takes note. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reward } from '../../../sandbox/reward.ts';
import type { Task } from '../../../sandbox/tasks/task.ts';
import { loadModel, type Model } from '../../../trainer/model/loadModel.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Actor } from '../../../trainer/rollout/actor.ts';
import { writeTinyModel } from '../cli/tinyModel.ts';

let directory: string;
let model: Model;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-actor-'));
  model = await loadModel(await writeTinyModel(directory));
});
afterAll(() => rm(directory, { recursive: true }));

const task: Task = {
  id: 'a.ts#f',
  file: 'a.ts',
  name: 'f',
  language: 'typescript',
  split: 'train',
  prefix: 'function f() {',
  body: ' return 1;\n',
  suffix: '}\n',
  headerStart: 0,
  tests: ['a.test.ts > f'],
};
const nothing: Reward = { value: 0, verdict: 'failed', tests: [], seconds: 0, cached: false };

test('a completion ends before a stop sequence, and its tokens are all that were sampled', async () => {
  const { config, weights, tokenizer } = model;
  await using sampler = await Sampler.create({ config, weights, threads: 1 });
  const graded: string[] = [];
  const grader = {
    grade: async (_: Task, body: string) => {
      graded.push(body);
      return nothing;
    },
  };
  const stop = ['e', 'a', ' '];
  const settings = { reward: 'share', temperature: 1, promptTokens: 32, maxTokens: 60, stop } as const;
  const actor = new Actor(sampler, tokenizer, grader, settings);
  const { groups } = await actor.rollout([task], { version: 0 }, { tries: 40, seed: [1] });
  const episodes = groups.flat();
  for (const { completion, steps } of episodes) {
    const { action, logp, stop: reason } = steps[0]!;
    expect(logp.length).toBe(action.length);
    if (reason !== 'stop-sequence') continue;
    const text = tokenizer.decode(action);
    const ends = stop.map((sequence) => text.indexOf(sequence)).filter((at) => at >= 0);
    expect(completion).toBe(text.slice(0, Math.min(...ends)));
    // No token was sampled once the text had ended.
    const before = tokenizer.decode(action.slice(0, -1));
    expect(stop.some((sequence) => before.includes(sequence))).toBe(false);
  }
  expect(episodes.filter(({ steps }) => steps[0]!.stop === 'stop-sequence').length).toBeGreaterThan(5);
  expect(graded.sort()).toEqual(episodes.map(({ completion }) => completion).sort());
});
