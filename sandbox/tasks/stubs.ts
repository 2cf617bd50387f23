import { bodyFormOf, type Task } from './task.ts';

type Body = Pick<Task, 'language' | 'prefix' | 'body'> & { readonly headerStart: number };

/** White space that the statements of a body begin with. */
function indentOf(body: string): string {
  return /^(?:[ \t]*(?:#[^\n]*)?\n)*([ \t]*)/.exec(body)?.[1] ?? '';
}

const REMOVED = 'The body of this function was removed.';

/** A body that fails as soon as it is called. */
export function throwingBody(task: Pick<Task, 'language' | 'prefix' | 'body'>): string {
  switch (bodyFormOf(task)) {
    case 'python':
      return `${indentOf(task.body)}raise Exception("${REMOVED}")`;
    case 'block':
      return ` throw new Error('${REMOVED}'); `;
    case 'expression':
      return `(() => { throw new Error('${REMOVED}'); })()`;
  }
}

/**
 * A body that runs and answers something plausible and wrong: its first parameter. Where there is none, or where that
 * is what the person wrote, it answers nothing.
 */
export function wrongBodies(task: Body): string[] {
  const parameter = firstParameter(task.prefix.slice(task.headerStart));
  switch (bodyFormOf(task)) {
    case 'python':
      return [`${indentOf(task.body)}return ${parameter ?? 'None'}`];
    case 'block':
      return [` return ${parameter ?? 'undefined'}; `];
    case 'expression':
      return [parameter ?? 'undefined'];
  }
}

/** The first name between the parentheses of the last header; the object of a Python method does not count. */
function firstParameter(header: string): string | undefined {
  const signature = header.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*|("""|''')[\s\S]*?\1/g, '');
  const bare = /(?:=|\basync)\s*([A-Za-z_$][\w$]*)\s*=>\s*\{?\s*$/.exec(signature)?.[1];
  if (bare !== undefined) return bare;
  const named =
    /(?:function\b[^(]*|\b\w+\s*(?:<[^(]*>)?\s*|=\s*(?:async\s*)?(?:<[^(]*>)?)\(\s*(?:(?:self|cls)\s*,\s*)?([A-Za-z_$][\w$]*)/.exec(
      signature,
    )?.[1];
  return named === 'self' || named === 'cls' || named === 'this' ? undefined : named;
}
