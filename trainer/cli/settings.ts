import type { Command } from 'commander';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { type TrainSettings, trainSettings } from '../run/settings.ts';
import { settingsOf } from '../session/settings.ts';

const names = Object.keys(trainSettings.shape);

/** Settings as the command line gives them, by name: numbers and booleans still in words. */
export type Assignments = ReadonlyMap<string, string>;

/**
 * Reads `name=value` words.
 * @throws HumanError for a word of another form, or a name that is no setting.
 */
export function readAssignments(words: readonly string[]): Map<string, string> {
  return new Map(
    words.map((word) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
      if (name === undefined || value === undefined) {
        throw new HumanError(
          `"${word}" is not of the form name=value, for example --set learningRate=0.001.`,
        );
      }
      if (!names.includes(name)) {
        throw new HumanError(`There is no setting "${name}": choose from ${names.join(', ')}.`);
      }
      return [name, value];
    }),
  );
}

/**
 * The settings that `assignments` make of `base` (of the defaults, where it has none).
 * @throws HumanError naming the setting whose value is out of range.
 */
export function settingsFrom(assignments: Assignments, base: Partial<TrainSettings> = {}): TrainSettings {
  const given = Object.fromEntries([...assignments].map(([name, value]) => [name, readValue(value)]));
  return settingsOf({ ...base, ...given });
}

/** All settings, one an item, as wide as the rest of a command's help. */
export function settingsHelp(command: Command): string {
  const defaults: Record<string, unknown> = trainSettings.parse({});
  const items = Object.entries(trainSettings.shape).map(([name, setting]) => {
    const value = defaults[name];
    const choices = setting instanceof z.ZodDefault ? choicesOf(setting.unwrap()) : '';
    const written = Array.isArray(value) ? '[]' : value;
    return [written === undefined ? name : `${name}=${written}`, `${setting.description}${choices}`] as const;
  });
  const help = command.createHelp();
  help.prepareContext({ helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 });
  const width = Math.max(...items.map(([term]) => term.length));
  return items.map(([term, text]) => help.formatItem(term, width, text, help)).join('\n');
}

const choicesOf = (setting: unknown) =>
  setting instanceof z.ZodEnum ? ` (choices: ${setting.options.join(', ')})` : '';

function readValue(word: string): unknown {
  if (word.startsWith('[')) return listIn(word);
  if (word === 'true' || word === 'false') return word === 'true';
  return word.trim() === '' || Number.isNaN(Number(word)) ? word : Number(word);
}

/** A list in JSON's notation; what is none stays the word that it is. */
function listIn(word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return word;
  }
}
