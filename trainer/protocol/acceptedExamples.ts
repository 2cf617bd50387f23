/**
 * Accepted completions as examples to learn from: what stood before and after the cursor, and what was kept there. The
 * window records them in the workspace's `.reinforce`, whence a training reads them; they go nowhere else.
 */

/** The files of records in `.reinforce`, the older first. */
export const recordFiles = ['completions.old.jsonl', 'completions.jsonl'] as const;

/** What of the records matters here. By hand, for a schema library would be most of what the window loads. */
const accepted = {
  id: 'string',
  file: 'string',
  language: 'string',
  text: 'string',
  prefix: 'string',
  suffix: 'string',
} as const;
const survival = { id: 'string', seconds: 'number', survives: 'boolean' } as const;

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
    if (isRecord(record, 'accepted', accepted)) {
      const { id, file, language, text, prefix, suffix } = record;
      examples.set(id, { prompt: prefix, completion: text, suffix, file, language, survived: 0 });
    }
    if (!isRecord(record, 'survival', survival)) continue;
    const example = examples.get(record.id);
    if (!example) continue;
    if (record.survives) examples.set(record.id, { ...example, survived: record.seconds });
    else examples.delete(record.id);
  }
  return [...examples.values()].filter(({ survived }) => survived > 0);
}

interface Types {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}
type Fields = Readonly<Record<string, keyof Types>>;

function isRecord<F extends Fields>(
  value: unknown,
  event: string,
  fields: F,
): value is { readonly [Name in keyof F]: Types[F[Name]] } {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Readonly<Record<string, unknown>>;
  const entries = Object.entries(fields);
  return record.event === event && entries.every(([name, type]) => typeof record[name] === type);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
