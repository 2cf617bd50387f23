import type { Language, Task } from './task.ts';

type Body = Pick<Task, 'language' | 'prefix' | 'body'> & { readonly headerStart: number };

/** White space that the statements of a body begin with. */
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
 * A body that runs and answers something plausible and wrong: its first parameter. Where there is none, or where that
 * is what the person wrote, it answers nothing.
 */
export function wrongBodies({ language, prefix, body, headerStart }: Body): string[] {
  const parameter = firstParameter(prefix.slice(headerStart));
  const answer = parameter ?? (language === 'python' ? 'None' : 'undefined');
  return [language === 'python' ? `${indentOf(body)}return ${answer}` : ` return ${answer}; `];
}

/** The first name between the parentheses of the last header; the object of a Python method does not count. */
function firstParameter(header: string): string | undefined {
  const signature = header.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*|("""|''')[\s\S]*?\1/g, '');
  const named =
    /(?:function\b[^(]*|\b\w+\s*(?:<[^(]*>)?\s*|=\s*(?:async\s*)?(?:<[^(]*>)?)\(\s*(?:(?:self|cls)\s*,\s*)?([A-Za-z_$][\w$]*)/.exec(
      signature,
    )?.[1];
  return named === 'self' || named === 'cls' || named === 'this' ? undefined : named;
}
