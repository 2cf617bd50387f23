import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../files/readJson.ts';
import { trainSettings } from './settings.ts';

/** Most tokens of a prompt in the run that made the adapter (it lies in `<run>/checkpoints/step-N` or `<run>/best`). */
export async function trainedPromptTokens(adapter: string | undefined): Promise<number> {
  const usual = trainSettings.parse({}).promptTokens;
  if (adapter === undefined) return usual;
  const run = z.object({ config: z.object({ promptTokens: z.int().positive() }) });
  for (const folder of [dirname(adapter), dirname(dirname(adapter))]) {
    const found = await readJson(join(folder, 'run.json'), run, 'choose another').catch(() => undefined);
    if (found) return found.config.promptTokens;
  }
  return usual;
}
