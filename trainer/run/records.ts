/** What a run directory holds, line by line and file by file. */
import { z } from 'zod';
import { cheatLabels } from '../../sandbox/reward.ts';
import type { Task } from '../../sandbox/tasks/task.ts';
import type { Episode } from '../rollout/episode.ts';

const seconds = z.number().nonnegative();
const count = z.int().nonnegative();
const time = z.iso.datetime();
/** JSON has no infinity and no NaN; a figure that is one of them is kept as null. */
const figure = z.number().nullable();

const testOutcome = z.object({ id: z.string(), passed: z.boolean(), message: z.string().exactOptional() });

const reward = z.object({
  value: z.number().min(0).max(1),
  verdict: z.enum([
    'passed',
    'failed',
    'syntax-error',
    'timeout',
    'out-of-memory',
    'too-much-output',
    'crashed',
    'cheated',
    'infrastructure',
  ]),
  tests: z.array(testOutcome),
  // What follows was not written down from the start, so that older runs do without.
  guards: z.array(testOutcome).exactOptional(),
  firstFailure: z.string().exactOptional(),
  limit: z.enum(['time', 'memory', 'output', 'processes']).exactOptional(),
  cheat: z.object({ label: z.enum(cheatLabels), evidence: z.string() }).exactOptional(),
  seconds,
  cached: z.boolean(),
});

const step = z.object({
  observation: z.array(count),
  action: z.array(count),
  logp: z.array(z.number()),
  stop: z.enum(['function-end', 'stop-sequence', 'end-of-text', 'length']),
});

const episode: z.ZodType<Episode> = z.object({
  id: z.string(),
  taskId: z.string(),
  split: z.enum(['train', 'heldOut']),
  group: z.string(),
  policyVersion: count,
  steps: z.array(step).min(1),
  completion: z.string(),
  reward,
});

/** A line of `episodes.jsonl`. */
export const episodeRecord = z.object({
  /** When the episode was written down. */
  time,
  /** The learner step that it was sampled for. */
  step: count,
  episode,
  /** The text that the first observation's tokens stand for. */
  prompt: z.string(),
  /** What the learner weighed the episode by; null when it was masked or only measured. */
  advantage: z.number().nullable(),
  /** Wall-clock seconds by phase, for example `sampling`; grading's are in the reward. */
  timings: z.record(z.string(), seconds),
});
export type EpisodeRecord = z.output<typeof episodeRecord>;

/** A line of `steps.jsonl`: one optimizer step, or one pass over a batch, of the learner. */
export const stepRecord = z.object({
  time,
  step: count,
  metrics: z.record(z.string(), figure),
  /** Wall-clock seconds by phase. */
  timings: z.record(z.string(), seconds),
});
export type StepRecord = z.output<typeof stepRecord>;

/** A line of `events.jsonl`: a phase that starts, an evaluation, a resumption, the end. */
export const eventRecord = z.looseObject({ time, event: z.string() });
export type EventRecord = z.output<typeof eventRecord>;

/** A task as whoever reads the run wants to see it; the run's other files name it by `id`. */
export const taskRecord = z.object({
  id: z.string(),
  /** Path inside the workspace, with `/` between folders. */
  file: z.string(),
  name: z.string(),
  /** Line on which the body opens, counted from 1. */
  line: z.int().positive(),
  language: z.string(),
  split: z.enum(['train', 'heldOut']),
  /** From the doc comment (or, without one, the signature) up to the opening brace of the body. */
  header: z.string(),
  /** The body as the person wrote it. */
  body: z.string(),
  /** Ids of the tests that a completion is judged by. */
  tests: z.array(z.string()),
});
export type TaskRecord = z.output<typeof taskRecord>;

/** `tasks.json`. */
export const taskList = z.object({ format: z.literal(1), tasks: z.array(taskRecord) });
export type TaskList = z.output<typeof taskList>;

export function taskRecordOf(task: Task): TaskRecord {
  const { id, file, name, language, split, prefix, headerStart, body, tests } = task;
  const line = prefix.split('\n').length;
  return {
    id,
    file,
    name,
    line,
    language,
    split,
    header: prefix.slice(headerStart),
    body,
    tests: [...tests],
  };
}

/** How a run stands. A run that says `running` while nobody holds its lock was interrupted. */
export const runStatus = z.object({
  state: z.enum(['running', 'finished', 'stopped', 'failed']),
  /** Why it is over, as a sentence. */
  reason: z.string().exactOptional(),
  time,
});
export type RunStatus = z.output<typeof runStatus>;

/** `run.json`. */
export const runInfo = z.object({
  format: z.literal(1),
  id: z.string(),
  created: time,
  /** Directory whose functions are learnt. */
  workspace: z.string(),
  /** Directory or name of the base model. */
  model: z.string(),
  seed: z.int(),
  /** The settings of the run, as the trainer got them. */
  config: z.unknown(),
  /** What ran it: this program, Node, ONNX Runtime, the platform. */
  versions: z.record(z.string(), z.string()),
  status: runStatus,
});
export type RunInfo = z.output<typeof runInfo>;

/** The logs of a run. */
export const logSchemas = { episodes: episodeRecord, steps: stepRecord, events: eventRecord } as const;
export type LogName = keyof typeof logSchemas;
export type LogRecord<Name extends LogName> = z.output<(typeof logSchemas)[Name]>;
export const logNames = Object.keys(logSchemas) as LogName[];
