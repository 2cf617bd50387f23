import { z } from 'zod';
import { rewardRules } from '../../sandbox/reward.ts';
import { weightForms } from '../model/weightForm.ts';

const text = z.string().min(1);
const count = z.int().positive();
const positive = z.number().positive();
const notNegative = z.number().nonnegative();

/** Everything a run can be told, with the defaults. Unknown names are refused. */
export const trainSettings = z.strictObject({
  seed: z.int().default(1).describe('Names all random numbers of the run.'),
  steps: count.default(40).describe('Rounds of sampling and learning.'),
  minutes: positive
    .optional()
    .describe(
      'Ends the run earlier than `steps` say, where more would make it last longer than this, measurements included.',
    ),
  tasksPerStep: count.default(16).describe('Tasks tried in a step.'),
  tries: count.default(8).describe('Tries a task in a step: one group.'),
  setAside: z
    .boolean()
    .default(false)
    .describe(
      'Leaves tasks out that the base model solves in every try, or gets nothing for in any. Off, they are tried like the others: what is too hard at first may come within reach, and a group without a difference costs no learning.',
    ),
  evaluationTries: count.default(8).describe('Tries a task in an evaluation.'),
  minTests: count.default(1).describe('Tests that must depend on a function, for it to be a task.'),
  testFiles: z
    .union([text.transform((only) => [only]), z.array(text)])
    .default([])
    .readonly()
    .describe(
      "Globs of the files that hold tests, from the workspace's root on; empty: those whose names test frameworks look for.",
    ),
  reward: z
    .enum(rewardRules)
    .default('share')
    .describe(
      'How tests make a reward: the share that passes, all or nothing, or a mix that breaking other tests forfeits.',
    ),
  temperature: positive.default(1).describe('How varied the tries are: what logits are divided by.'),
  promptTokens: count.default(96).describe('Most tokens of a prompt.'),
  maxTokens: count.default(96).describe('Most tokens of a completion.'),
  stop: z
    .union([text.transform((only) => [only]), z.array(text)])
    .default([])
    .readonly()
    .describe('Texts at whose beginning a completion ends, wherever the function does.'),
  suffixTokens: z
    .int()
    .nonnegative()
    .optional()
    .describe(
      "How many of a prompt's tokens may come from behind the function, for models that fill in the middle; decided by the model where nothing is said.",
    ),
  rank: count.default(16).describe('Rank of the LoRA adapter.'),
  alpha: positive.default(32).describe('Alpha of the LoRA adapter: it acts with alpha / rank.'),
  learningRate: positive
    .optional()
    .describe(
      'How far an optimizer step goes; decided by the model where nothing is said: 0.0015 with a few million parameters, 0.0003 with more.',
    ),
  averageDecay: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe(
      'The adapter that a run ends with is an average over steps; how much of it each step keeps. 0: no average.',
    ),
  weightDecay: notNegative.default(0).describe("The optimizer's weight decay."),
  epochs: count.default(1).describe("Passes over a step's episodes."),
  minibatches: count.default(2).describe('Optimizer steps a pass.'),
  gradientClip: positive.default(1).describe('The global norm that gradients are clipped to.'),
  clipLow: positive.max(1).default(0.2).describe('How far below 1 the ratio of probabilities counts.'),
  clipHigh: positive.default(0.2).describe('How far above 1 the ratio of probabilities counts.'),
  beta: notNegative.default(0.15).describe('Weight of the KL to the base model.'),
  kl: z.enum(['k1', 'k2', 'k3']).default('k3').describe('Estimator of the KL to the base model.'),
  lossAverage: z
    .enum(['sequence', 'token', 'constant'])
    .default('token')
    .describe('What losses are averaged over.'),
  divideByDeviation: z
    .boolean()
    .default(false)
    .describe("Whether advantages are divided by the group's standard deviation."),
  acceptedEpochs: z
    .int()
    .nonnegative()
    .default(0)
    .describe(
      'How often completions that were accepted and kept are imitated before the first step; 0: not at all.',
    ),
  microBatchTokens: count
    .default(8192)
    .describe('Most tokens that one micro-batch computes, padding included.'),
  memoryMegabytes: count
    .default(2048)
    .describe(
      'What one micro-batch may take beside the model, in megabytes: more is faster, up to a few thousand tokens.',
    ),
  activationCheckpointing: z
    .boolean()
    .default(false)
    .describe(
      'Computes each block a second time for its gradients instead of keeping it: a third more time, a third of the memory.',
    ),
  baseWeights: z
    .enum(weightForms)
    .default('float32')
    .describe(
      "How the base model's weights are held: each takes less than the one before, and samples slower than float32.",
    ),
  checkpointEvery: count.default(5).describe('Steps between two checkpoints.'),
  evaluateEvery: z
    .int()
    .nonnegative()
    .default(0)
    .describe(
      'Steps between two measurements of the held-out tasks while training goes on; 0: only before and after.',
    ),
  klLimit: notNegative
    .default(2)
    .describe(
      'Nats a token. A training that stays above it has left the base model and ends early; 0: no limit.',
    ),
  entropyFloor: notNegative
    .default(0.002)
    .describe(
      'Nats a token. A training that stays below it has nothing left to try and ends early; 0: no limit.',
    ),
});

export type TrainSettings = z.output<typeof trainSettings>;
