import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { delay } from './delay';

/** Tries an operation again until it succeeds, at most `times` times. */
export async function retry<T>(operation: () => Promise<T>, times: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === times) throw error;
      await delay(attempt * 1000);
    }
  }
}

/** Writes a value as JSON into a new folder; answers the file's path. */
export async function store(value: unknown): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'store-')), 'value.json');
  await writeFile(path, JSON.stringify(value));
  return path;
}

/** Reads what `store` wrote. */
export async function restore(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
