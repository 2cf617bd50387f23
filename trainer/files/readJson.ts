import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';

/** What a person can do about a file that does not hold what it should. */
export type Remedy = string;

/**
 * The JSON file at `path`, checked against `schema`.
 *
 * @throws HumanError naming the file, the first field that is wrong and `remedy` (a clause such as
 *   "download the model again"), when the file is missing, is not JSON, or does not fit.
 */
export async function readJson<S extends z.ZodType>(
  path: string,
  schema: S,
  remedy: Remedy,
): Promise<z.output<S>> {
  return parseJson(await readText(path, remedy), path, schema, remedy);
}

/** The same for text that has been read already; `path` only names it. */
export function parseJson<S extends z.ZodType>(
  text: string,
  path: string,
  schema: S,
  remedy: Remedy,
): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HumanError(`${path} is not valid JSON: ${remedy}.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HumanError(`${path}: ${firstProblem(parsed.error, value)}: ${remedy}.`);
}

async function readText(path: string, remedy: Remedy): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new HumanError(`${path} ${whyUnreadable(error)}: ${remedy}.`);
  }
}

/** The end of a sentence that starts with a path: "does not exist", or "cannot be read (EACCES)". */
export function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === 'EISDIR') return 'is a folder';
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code})`;
}

function firstProblem(error: z.ZodError, value: unknown): string {
  const issue = error.issues[0]!;
  const field = z.core.toDotPath(issue.path);
  const found = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
  if (found === undefined && field !== '') return `field ${field} is missing`;
  const what = lowerFirst(issue.message.replace(/^Invalid input: /, ''));
  return field === '' ? what : `field ${field} is ${shorten(JSON.stringify(found))} (${what})`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
