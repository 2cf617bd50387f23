/**
 * The records of a run as whoever only looks reads them: a run of an older or a newer version has fields less or more,
 * and is shown all the same. What the trainer itself goes on from is checked strictly (`run/records.ts`).
 */
import { z } from 'zod';

const list = z.custom<readonly unknown[]>(Array.isArray);
const orNull = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const testOutcomes = z
  .array(z.object({ id: z.string(), passed: z.boolean(), message: z.string().exactOptional() }))
  .catch([]);
const numbers = z
  .unknown()
  .optional()
  .transform((value) => {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(
      entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  });
const split = z.enum(['train', 'heldOut']).catch('train');

/** What the table of episodes keeps of a line; arrays of tokens are only counted. */
export const indexedEpisode = z.object({
  step: z.number(),
  prompt: z.string().catch(''),
  advantage: orNull,
  episode: z.object({
    taskId: z.string(),
    split,
    group: z.string(),
    policyVersion: z.number().catch(0),
    completion: z.string(),
    steps: z.array(z.object({ action: list })),
    reward: z.object({
      value: z.number(),
      verdict: z.string(),
      cheat: z.object({ label: z.string() }).nullish().catch(null),
      seconds: z.number().catch(0),
      tests: z.array(z.object({ passed: z.boolean() })).catch([]),
    }),
  }),
});
export type IndexedEpisode = z.output<typeof indexedEpisode>;

export const detailedEpisode = z.object({
  time: z.string().catch(''),
  prompt: z.string().catch(''),
  timings: numbers,
  episode: z.object({
    id: z.string().catch(''),
    completion: z.string(),
    steps: z.array(
      z.object({
        observation: z.array(z.number()).catch([]),
        action: z.array(z.number()),
        logp: z.array(z.number().nullable()).catch([]),
        stop: z.string().catch(''),
      }),
    ),
    reward: z.object({
      cached: z.boolean().catch(false),
      tests: testOutcomes,
      guards: testOutcomes,
      firstFailure: z.string().nullish().catch(null),
      limit: z.string().nullish().catch(null),
      cheat: z.object({ evidence: z.string() }).nullish().catch(null),
    }),
  }),
});

export const loggedStep = z.object({
  step: z.number(),
  time: z.string().catch(''),
  metrics: z.record(z.string(), z.number().nullable()).catch({}),
  timings: numbers,
});

const splitScore = z.object({
  tasks: z.number().catch(0),
  samples: z.number(),
  passAt1: z.number(),
  ci95: z.tuple([z.number(), z.number()]),
  reward: z.number(),
});

/** Every line of `events.jsonl`; those of other kinds are not shown. */
export const loggedEvent = z.union([
  z.object({
    event: z.literal('evaluation'),
    step: z.number(),
    seconds: z.number().catch(0),
    scores: z.object({ train: splitScore, heldOut: splitScore }),
  }),
  z.object({
    event: z.literal('imitation'),
    examples: z.number(),
    losses: z.array(z.number()).min(1),
  }),
  z.object({ event: z.string() }).transform(({ event }) => ({ event: 'other' as const, name: event })),
]);

/** `tasks.json`: the functions as they stood when the run began. */
export const keptTasks = z.object({
  tasks: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      name: z.string(),
      line: z.number().exactOptional(),
      language: z
        .string()
        .nullish()
        .transform((value) => value ?? null),
      split,
      header: z.string().catch(''),
      body: z.string(),
    }),
  ),
});
export type KeptTask = z.output<typeof keptTasks>['tasks'][number];

export const runFile = z.object({
  id: z.string(),
  created: z.string(),
  workspace: z.string(),
  model: z.string(),
  config: z.unknown(),
  versions: z.record(z.string(), z.string()).catch({}),
  status: z.object({
    state: z.enum(['running', 'finished', 'stopped', 'failed']),
    reason: z.string().exactOptional(),
    time: z.string(),
  }),
});
export type RunFile = z.output<typeof runFile>;
