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

/** At the end of a line these want more of the expression, at the start of the next they go on with it. */
const WANTS_MORE = /[=+\-*/%&|^<>?:.!~]/;
const GOES_ON = /[.?:+\-*%&|^<>=([`]/;
const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Finds the `}` that closes a function's body, in text that arrives in pieces; or where the expression behind an arrow
 * ends, in front of what cannot belong to it: a semicolon, a comma, a bracket that it has not opened, or a line that does
 * not go on with it.
 *
 * It knows strings, template literals with nested `${}`, comments and regular expressions; what a `/` means is
 * guessed from the word or character before it. A string or regular expression that is still open at the end of its
 * line is taken as ended there, so that a slip of the pen does not hide the end of the function. Every character is
 * looked at once.
 */
export class FunctionEnd {
  #mode: Mode = 'code';
  #escaped = false;
  readonly #form: 'block' | 'expression';
  /** What each open brace belongs to; the body's own `{` is the first. In expressions the other brackets count, too. */
  readonly #open: ('brace' | 'bracket' | 'template')[];
  /** End of the last that was neither space nor comment; whether a line of the expression ended since. */
  #codeEnd = 0;
  #lineEnded = false;
  #word = '';
  #last = '';
  #beforeLast = '';
  #starSeen = false;
  #offset = 0;
  #end: number | undefined;

  constructor(form: 'block' | 'expression' = 'block') {
    this.#form = form;
    this.#open = form === 'block' ? ['brace'] : [];
  }

  /**
   * Reads on. `text` continues what was pushed before; the first piece starts right after the `{`, or
   * with the expression.
   * @returns the offset of the end in everything pushed so far, once it was seen.
   */
  push(text: string): number | undefined {
    for (let i = 0; i < text.length && this.#end === undefined; i++, this.#offset++) this.#read(text[i]!);
    return this.#end;
  }

  #read(char: string): void {
    if (this.#mode === 'code') this.#readCode(char);
    else if (this.#mode === 'slash') this.#readAfterSlash(char);
    else if (this.#mode === 'line-comment') {
      if (char !== '\n') return;
      this.#mode = 'code';
      this.#readCode(char);
    } else if (this.#mode === 'block-comment') {
      if (this.#starSeen && char === '/') this.#mode = 'code';
      this.#starSeen = char === '*';
      return;
    } else this.#readLiteral(char);
    const isCode = this.#mode !== 'slash' && !this.#mode.endsWith('comment') && /\S/.test(char);
    if (isCode) this.#codeEnd = this.#offset + 1;
  }

  /** Whether an expression ends before this character. */
  #endsExpression(char: string): boolean {
    if (this.#form === 'block' || this.#open.length > 0) return false;
    if (char === ';' || char === ',' || CLOSING.includes(char)) return true;
    if (char === '\n') this.#lineEnded ||= this.#last !== '' && !WANTS_MORE.test(this.#last);
    if (!this.#lineEnded || /[\s/]/.test(char)) return false;
    this.#lineEnded = false;
    return !GOES_ON.test(char);
  }

  #readCode(char: string): void {
    if (this.#endsExpression(char)) {
      this.#end = this.#codeEnd;
      return;
    }
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
      else if (this.#open.length === 0 && this.#form === 'block') this.#end = this.#offset;
    } else if (this.#form === 'expression' && OPENING.includes(char)) this.#open.push('bracket');
    else if (this.#form === 'expression' && CLOSING.includes(char)) this.#open.pop();
    this.#remember(char);
  }

  #readAfterSlash(char: string): void {
    this.#starSeen = false;
    if (char === '/') this.#mode = 'line-comment';
    else if (char === '*') this.#mode = 'block-comment';
    else this.#lineEnded = false;
    if (this.#mode !== 'slash') return;
    if (this.#slashStartsRegex()) {
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
