import { z } from 'zod';
import { HumanError } from '../../../sandbox/humanError.ts';
import type { GgufHeader } from './header.ts';

/**
 * An entry of a GGUF file's metadata, checked.
 *
 * @throws HumanError naming the file and the entry, when it is missing (and `schema` wants it) or is something else.
 */
export function entryOf<S extends z.ZodType>(
  path: string,
  { metadata }: GgufHeader,
  key: string,
  schema: S,
): z.output<S> {
  const value = metadata.get(key);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem =
    value === undefined ? 'is missing' : `is not as expected (${parsed.error.issues[0]!.message})`;
  throw new HumanError(
    `${path}: metadata entry ${key} ${problem}: choose another model, or convert it again with a current llama.cpp.`,
  );
}

/** GGUF's counts come as 32-bit or 64-bit numbers. */
export const count = z.union([z.int(), z.bigint()]).transform(Number).pipe(z.int().nonnegative());
