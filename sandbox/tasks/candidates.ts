import type { FunctionPlace } from '../frameworks/framework.ts';
import { type FoundFunction, MAX_BODY_LINES } from './findFunctions.ts';
import type { RejectionReason } from './rejection.ts';
import { languageOf, type SyntaxTrees } from './syntaxTrees.ts';
import type { Language } from './task.ts';

/** A function of the workspace that may become a task, unless its text alone already says why not. */
export interface Candidate extends FoundFunction, FunctionPlace {
  readonly id: string;
  readonly file: string;
  readonly text: string;
  readonly language: Language;
  readonly prefix: string;
  readonly body: string;
  readonly suffix: string;
  readonly reason?: RejectionReason;
}

/** @param sources file → text. */
export function findCandidates(trees: SyntaxTrees, sources: ReadonlyMap<string, string>): Candidate[] {
  return [...sources].flatMap(([file, text]) => inFile(trees, file, text));
}

function inFile(trees: SyntaxTrees, file: string, text: string): Candidate[] {
  const language = languageOf(file)!;
  const { functions, broken } = trees.functionsOf(language, text);
  return functions.map((found) => {
    const body = text.slice(found.bodyStart, found.bodyEnd);
    const unique = functions.every((other) => other === found || other.name !== found.name);
    const reason = broken ? 'file-not-parsed' : !unique ? 'name-not-unique' : reasonOf(found, body);
    return {
      ...found,
      hasBraces: text[found.bodyStart - 1] === '{',
      id: `${file}#${found.name}`,
      file,
      text,
      language,
      prefix: text.slice(0, found.bodyStart),
      body,
      suffix: text.slice(found.bodyEnd),
      ...(reason && { reason }),
    };
  });
}

function reasonOf(found: FoundFunction, body: string): RejectionReason | undefined {
  if (found.inline) return 'body-on-header-line';
  if (body.trim() === '') return 'empty-body';
  return body.split('\n').length > MAX_BODY_LINES ? 'body-too-long' : undefined;
}
