import { z } from 'zod';
import { rewardRules } from '../../sandbox/reward.ts';
import { weightForms } from '../model/weightForm.ts';

const text = z.string().min(1);
const count = z.int().positive();
const positive = z.number().positive();
const notNegative = z.number().nonnegative();

/** Everything a run can be told, with the defaults. Unknown names are refused. */
export const trainSettings = z.strictObject({
  /** Names all random numbers of the run. */
  seed: z.int().default(1),
  /** Rounds of sampling and learning. */
  steps: count.default(40),
  /** Ends the run earlier than `steps` say, where more would make it last longer than this, measurements included. */
  minutes: positive.optional(),
  /** Tasks tried a step, and tries a task: one group. */
  tasksPerStep: count.default(16),
  tries: count.default(8),
  /**
   * Leaves tasks out that the base model solves in every try, or gets nothing for in any. Off, they are tried like the
   * others: what is too hard at first may come within reach, and a group without a difference costs no learning.
   */
  setAside: z.boolean().default(false),
  /** Tries a task in an evaluation. */
  evaluationTries: count.default(8),
  /** Tests that must depend on a function, for it to be a task. */
  minTests: count.default(1),
  /** Globs of the files that hold tests, from the workspace's root on; empty: those whose names test frameworks look for. */
  testFiles: z
    .union([text.transform((only) => [only]), z.array(text)])
    .default([])
    .readonly(),
  /** How tests make a reward: the share that passes, all or nothing, or a mix that breaking other tests forfeits. */
  reward: z.enum(rewardRules).default('share'),
  temperature: positive.default(1),
  /** Most tokens of a prompt and of a completion. */
  promptTokens: count.default(96),
  maxTokens: count.default(96),
  /** Texts at whose beginning a completion ends, wherever the function does. */
  stop: z
    .union([text.transform((only) => [only]), z.array(text)])
    .default([])
    .readonly(),
  /**
   * How many of a prompt's tokens may come from behind the function, for models that fill in the middle; decided by the
   * model where nothing is said.
   */
  suffixTokens: z.int().nonnegative().optional(),
  /** LoRA's rank and alpha. */
  rank: count.default(16),
  alpha: positive.default(32),
  /** Suits a model of a few million parameters; larger ones want less. */
  learningRate: positive.default(1.5e-3),
  /** The adapter that a run ends with is an average over steps; how much of it each step keeps. 0: no average. */
  averageDecay: z.number().min(0).max(1).default(0.9),
  weightDecay: notNegative.default(0),
  /** Passes over a step's episodes, and optimizer steps a pass. */
  epochs: count.default(1),
  minibatches: count.default(2),
  /** The global norm that gradients are clipped to. */
  gradientClip: positive.default(1),
  clipLow: positive.max(1).default(0.2),
  clipHigh: positive.default(0.2),
  /** Weight and estimator of the KL to the base model. */
  beta: notNegative.default(0.15),
  kl: z.enum(['k1', 'k2', 'k3']).default('k3'),
  lossAverage: z.enum(['sequence', 'token', 'constant']).default('token'),
  divideByDeviation: z.boolean().default(false),
  /** How often completions that were accepted and kept are imitated before the first step; 0: not at all. */
  acceptedEpochs: z.int().nonnegative().default(0),
  /** Most tokens that one micro-batch computes, padding included. */
  microBatchTokens: count.default(8192),
  /** What one micro-batch may take beside the model, in megabytes: more is faster, up to a few thousand tokens. */
  memoryMegabytes: count.default(2048),
  /** Computes each block a second time for its gradients instead of keeping it: a third more time, a third of the memory. */
  activationCheckpointing: z.boolean().default(false),
  /** How the base model's weights are held (on the CPU): each takes less than the one before, and samples slower than float32. */
  baseWeights: z.enum(weightForms).default('float32'),
  /** Steps between two checkpoints. */
  checkpointEvery: count.default(5),
  /** Steps between two measurements of the held-out tasks while training goes on; 0: only before and after. */
  evaluateEvery: z.int().nonnegative().default(0),
  /** Nats a token. A training that stays above it has left the base model and ends early; 0: no limit. */
  klLimit: notNegative.default(2),
  /** Nats a token. A training that stays below it has nothing left to try and ends early; 0: no limit. */
  entropyFloor: notNegative.default(0.002),
});

export type TrainSettings = z.output<typeof trainSettings>;
