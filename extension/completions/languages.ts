/** Which languages completions are on for: by language id, `*` for all that are not named. */
export type EnabledLanguages = Readonly<Record<string, boolean>>;

export function isEnabled(languages: EnabledLanguages, language: string): boolean {
  return languages[language] ?? languages['*'] ?? true;
}

/** Whether they are on for anything at all. */
export function isAnyEnabled(languages: EnabledLanguages): boolean {
  return (languages['*'] ?? true) || Object.values(languages).includes(true);
}

/** The setting with one language, or `*`, turned the other way. */
export function toggled(languages: EnabledLanguages, language: string): EnabledLanguages {
  return { ...languages, [language]: !isEnabled(languages, language) };
}
