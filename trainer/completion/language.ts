/** What of a language matters for finding the end of a completion. */
export interface LanguageForm {
  /** Blocks are told by indentation, as in Python, and not by braces. */
  readonly indented: boolean;
  readonly lineComment: '//' | '#' | undefined;
  readonly blockComments: boolean;
  readonly tripleQuotes: boolean;
  /** A quotation mark that may hold `${}` and newlines. */
  readonly templates: boolean;
  /** `/…/` may be a regular expression. */
  readonly regularExpressions: boolean;
  /** `'` opens a string. Where it does not (prose), an apostrophe means nothing. */
  readonly singleQuotes: boolean;
}

const braces: LanguageForm = {
  indented: false,
  lineComment: '//',
  blockComments: true,
  tripleQuotes: false,
  templates: false,
  regularExpressions: false,
  singleQuotes: true,
};
const javascript: LanguageForm = { ...braces, templates: true, regularExpressions: true };
const hashes: LanguageForm = { ...braces, lineComment: '#', blockComments: false };
const prose: LanguageForm = { ...braces, lineComment: undefined, blockComments: false, singleQuotes: false };

const forms: Readonly<Record<string, LanguageForm>> = {
  javascript,
  javascriptreact: javascript,
  typescript: javascript,
  typescriptreact: javascript,
  python: { ...hashes, indented: true, tripleQuotes: true },
  yaml: { ...hashes, indented: true },
  shellscript: hashes,
  ruby: hashes,
  perl: hashes,
  r: hashes,
  toml: hashes,
  markdown: prose,
  plaintext: prose,
  html: prose,
};

/** By VS Code's language id; a language that is not known is taken to look like C. */
export function formOf(language: string): LanguageForm {
  return forms[language] ?? braces;
}
