type Mode =
  | 'code'
  | 'slash'
  | 'single'
  | 'double'
  | 'template'
  | 'regex'
  | 'regex-class'
  | 'line-comment'
  | 'block-comment';

/** Words after which a `/` starts a regular expression, although they end like a name. */
const WORDS_BEFORE_REGEX = new Set(
  'await case delete do else in instanceof new of return throw typeof void yield'.split(' '),
);

/** Characters that end a value, so that a `/` after them divides. A `}` more often ends a block than a value. */
const ENDS_VALUE = /[\w$)\]'"`]/;

/**
 * Finds the `}` that closes a function's body, in text that arrives in pieces.
 *
 * It knows strings, template literals with nested `${}`, comments and regular expressions; what a `/` means is
 * guessed from the word or character before it. A string or regular expression that is still open at the end of its
 * line is taken as ended there, so that a slip of the pen does not hide the end of the function. Every character is
 * looked at once.
 */
export class FunctionEnd {
  #mode: Mode = 'code';
  #escaped = false;
  /** What each open brace belongs to; the body's own `{` is the first. */
  readonly #open: ('brace' | 'template')[] = ['brace'];
  #word = '';
  #last = '';
  #beforeLast = '';
  #starSeen = false;
  #offset = 0;
  #end: number | undefined;

  /**
   * Reads on. `text` continues what was pushed before; the first piece starts right after the `{`.
   * @returns the offset of the closing brace in everything pushed so far, once it was seen.
   */
  push(text: string): number | undefined {
    for (let i = 0; i < text.length && this.#end === undefined; i++, this.#offset++) this.#read(text[i]!);
    return this.#end;
  }

  #read(char: string): void {
    if (this.#mode === 'code') this.#readCode(char);
    else if (this.#mode === 'slash') this.#readAfterSlash(char);
    else if (this.#mode === 'line-comment') this.#mode = char === '\n' ? 'code' : 'line-comment';
    else if (this.#mode === 'block-comment') {
      if (this.#starSeen && char === '/') this.#mode = 'code';
      this.#starSeen = char === '*';
    } else this.#readLiteral(char);
  }

  #readCode(char: string): void {
    if (char === '/') {
      this.#mode = 'slash';
      return;
    }
    if (char === "'") this.#mode = 'single';
    else if (char === '"') this.#mode = 'double';
    else if (char === '`') this.#mode = 'template';
    else if (char === '{') this.#open.push('brace');
    else if (char === '}') {
      const closed = this.#open.pop();
      if (closed === 'template') this.#mode = 'template';
      else if (this.#open.length === 0) this.#end = this.#offset;
    }
    this.#remember(char);
  }

  #readAfterSlash(char: string): void {
    this.#starSeen = false;
    if (char === '/') this.#mode = 'line-comment';
    else if (char === '*') this.#mode = 'block-comment';
    else if (this.#slashStartsRegex()) {
      this.#mode = 'regex';
      this.#remember('/');
      this.#readLiteral(char);
    } else {
      this.#mode = 'code';
      this.#remember('/');
      this.#readCode(char);
    }
  }

  #readLiteral(char: string): void {
    if (this.#escaped) {
      this.#escaped = false;
      this.#last = '\\';
      return;
    }
    if (char === '\\') {
      this.#escaped = true;
      return;
    }
    if (this.#mode === 'template') {
      if (char === '{' && this.#last === '$') {
        this.#open.push('template');
        this.#mode = 'code';
      } else if (char === '`') this.#mode = 'code';
      this.#remember(char);
      return;
    }
    if (char === '\n') this.#mode = 'code';
    else if (this.#mode === 'regex-class') {
      if (char === ']') this.#mode = 'regex';
    } else if (this.#mode === 'regex') {
      if (char === '[') this.#mode = 'regex-class';
      // Flags, or a bracket in their place, make a regular expression a value like any other.
      else if (char === '/') this.#endLiteral(')');
    } else if ((this.#mode === 'single' && char === "'") || (this.#mode === 'double' && char === '"')) {
      this.#endLiteral(char);
    }
  }

  #endLiteral(lookingLike: string): void {
    this.#mode = 'code';
    this.#remember(lookingLike);
  }

  #remember(char: string): void {
    if (/\s/.test(char)) {
      // A word stays the last word over white space, but the next letter starts a new one.
      if (this.#last !== '' && /[\w$]/.test(this.#last)) this.#beforeLast = ' ';
      return;
    }
    if (!/[\w$]/.test(char)) this.#word = '';
    else if (this.#beforeLast === ' ' || !/[\w$]/.test(this.#last)) this.#word = char;
    else this.#word += char;
    this.#beforeLast = this.#last;
    this.#last = char;
  }

  #slashStartsRegex(): boolean {
    if (this.#word !== '') return WORDS_BEFORE_REGEX.has(this.#word);
    const pair = this.#beforeLast + this.#last;
    return pair !== '++' && pair !== '--' && !ENDS_VALUE.test(this.#last);
  }
}
