import type { SEPARATOR as Separator } from '../framework.ts';

const SEPARATOR: typeof Separator = ' > ';

/** Id of a test. `file` is inside the workspace; `names` are those of its suites, then its own. */
export function idOf(file: string, names: readonly string[]): string {
  return [file, ...names].join(SEPARATOR);
}

/** Matches the full names of the tests asked for, as frameworks put them together: suites and test, joined by spaces. */
export function namePattern(ids: readonly string[]): RegExp {
  const names = ids.map((id) => {
    const parts = id.split(SEPARATOR).slice(1);
    const escaped = parts.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    return escaped.join(`(?: |${SEPARATOR})`);
  });
  return new RegExp(`^\\s*(?:${names.join('|')})$`);
}
