import { dirname, join } from 'node:path';
import { z } from 'zod';
import { embeddedModel } from '../cli/places.ts';
import { readJson } from '../files/readJson.ts';
import type { Model } from '../model/loadModel.ts';
import { type TrainSettings, trainSettings } from './settings.ts';

/** How long a prompt may be, and how much of it may come from behind the function. */
type PromptShape = Pick<TrainSettings, 'promptTokens' | 'suffixTokens'>;

/** The share of a prompt that may come from behind the function, for models that fill in the middle. */
const SUFFIX_SHARE = 1 / 4;

/**
 * How many of a prompt's tokens may come from behind the function where nobody says. The embedded model, whose prompts
 * are short, has most of its practice with what stands before.
 */
export function usualSuffixTokens(
  { directory, tokenizer }: Pick<Model, 'directory' | 'tokenizer'>,
  promptTokens: number,
): number {
  const fills = tokenizer.fim !== undefined && directory !== embeddedModel;
  return fills ? Math.floor(promptTokens * SUFFIX_SHARE) : 0;
}

/** The settings with what is left to the model decided, as a run keeps them. */
export function withPromptShape(
  settings: TrainSettings,
  model: Pick<Model, 'directory' | 'tokenizer'>,
): TrainSettings {
  const suffixTokens = settings.suffixTokens ?? usualSuffixTokens(model, settings.promptTokens);
  return { ...settings, suffixTokens };
}

const shapeSchema = z.object({
  promptTokens: z.int().positive(),
  // Runs from before prompts had one do without.
  suffixTokens: z.int().nonnegative().default(0),
});

/**
 * The shape of prompts in the run that made the adapter (it lies in `<run>/checkpoints/step-N` or `<run>/best`); without
 * one, what is usual, the suffix being left to the model.
 */
export async function trainedPromptShape(adapter: string | undefined): Promise<PromptShape> {
  const usual = trainSettings.parse({});
  if (adapter === undefined) return usual;
  const run = z.object({ config: shapeSchema });
  for (const folder of [dirname(adapter), dirname(dirname(adapter))]) {
    const found = await readJson(join(folder, 'run.json'), run, 'choose another').catch(() => undefined);
    if (found) return found.config;
  }
  return usual;
}
