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
