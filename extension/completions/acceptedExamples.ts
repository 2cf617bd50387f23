/** Accepted completions as examples to learn from: what stood before and after the cursor, and what was kept there. */
import { z } from 'zod';

const accepted = z.object({
  event: z.literal('accepted'),
  id: z.string(),
  file: z.string(),
  language: z.string(),
  text: z.string(),
  prefix: z.string(),
  suffix: z.string(),
});
const survival = z.object({
  event: z.literal('survival'),
  id: z.string(),
  seconds: z.number(),
  survives: z.boolean(),
});

/** A line of the exported file. */
export interface AcceptedExample {
  readonly prompt: string;
  readonly completion: string;
  readonly suffix: string;
  readonly file: string;
  readonly language: string;
  /** The longest time, in seconds, after which the completion was looked for, and was still there. */
  readonly survived: number;
}

/**
 * The examples in the lines of a `completions.jsonl`: those that were recorded with the code around them, and that were
 * there whenever they were looked for, at least once. Lines that are torn or mean something else are passed over.
 */
export function acceptedExamples(lines: Iterable<string>): AcceptedExample[] {
  const examples = new Map<string, AcceptedExample>();
  for (const line of lines) {
    const record = parsed(line);
    const taken = accepted.safeParse(record).data;
    if (taken) {
      const { id, file, language, text, prefix, suffix } = taken;
      examples.set(id, { prompt: prefix, completion: text, suffix, file, language, survived: 0 });
    }
    const looked = survival.safeParse(record).data;
    const example = looked && examples.get(looked.id);
    if (!example) continue;
    if (looked.survives) examples.set(looked.id, { ...example, survived: looked.seconds });
    else examples.delete(looked.id);
  }
  return [...examples.values()].filter(({ survived }) => survived > 0);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
