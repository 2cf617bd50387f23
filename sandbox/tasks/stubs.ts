import type { Language } from './task.ts';

/** White space that the statements of a body begin with; a body on one line has a single space. */
function indentOf(body: string): string {
  return /^(?:[ \t]*(?:#[^\n]*)?\n)*([ \t]*)/.exec(body)?.[1] ?? '';
}

/** A body that fails as soon as it is called. */
export function throwingBody(language: Language, body: string): string {
  return language === 'python'
    ? `${indentOf(body)}raise Exception("The body of this function was removed.")`
    : " throw new Error('The body of this function was removed.'); ";
}

/**
 * A body that runs, and answers something plausible and wrong: the first parameter where there is one, else nothing.
 * Whatever passes with it says little about the function.
 */
export function wrongBody(language: Language, body: string, parameter: string | undefined): string {
  return language === 'python'
    ? `${indentOf(body)}return ${parameter ?? 'None'}`
    : ` return ${parameter ?? 'undefined'}; `;
}
