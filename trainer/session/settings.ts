import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { type TrainSettings, trainSettings } from '../run/settings.ts';

/** @throws HumanError naming the first setting that is unknown or out of range. */
export function settingsOf(values: Readonly<Record<string, unknown>>): TrainSettings {
  const parsed = trainSettings.safeParse(values);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    throw new HumanError(`There is no setting "${issue.keys[0]}": remove it.`);
  }
  const name = z.core.toDotPath(issue.path);
  const what = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  throw new HumanError(
    `The setting ${name} cannot be ${JSON.stringify(values[name])} (${what}): correct it.`,
  );
}
