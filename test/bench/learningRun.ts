import { z } from 'zod';

const score = z.object({
  tasks: z.int(),
  samples: z.int(),
  passAt1: z.number(),
  ci95: z.tuple([z.number(), z.number()]),
});
const evaluation = z.object({ train: score, heldOut: score });

/** What is kept of one run of the demo. */
export const learningRun = z.object({
  seed: z.int(),
  before: evaluation,
  after: evaluation,
  seconds: z.number(),
  steps: z.array(z.object({ step: z.int(), metrics: z.record(z.string(), z.number()) })),
});
export type LearningRun = z.output<typeof learningRun>;
