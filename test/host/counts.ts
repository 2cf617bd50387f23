import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Adds a window's counts to the file that `REINFORCE_TEST_COUNTS` names, if it does. */
export function addCounts(counts: Counts): void {
  const file = process.env.REINFORCE_TEST_COUNTS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(counts)}\n`);
}

/** The sum over all windows; a window that died has added nothing. */
export async function readCounts(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').filter((line) => line !== '');
  const all = lines.map((line) => JSON.parse(line) as Counts);
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}
