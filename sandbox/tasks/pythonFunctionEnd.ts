/**
 * Finds where a Python function's body ends, in text that arrives in pieces: at the first line that stands further
 * left than the body's first line. Lines inside brackets and triple-quoted strings do not count, nor do blank ones.
 */
export class PythonFunctionEnd {
  #text = '';
  /** Where the line that is being read starts, and the end of the last line with something on it. */
  #lineStart = 0;
  #lastLineEnd = 0;
  #indent: number | undefined;
  #depth = 0;
  #quote = '';
  #at = 0;
  #atLineStart = true;
  #inComment = false;
  #end: number | undefined;

  /**
   * Reads on. `text` continues what was pushed before; the first piece starts on the line of the first statement.
   * @returns the offset at which the body ends in everything pushed so far, once it was seen.
   */
  push(text: string): number | undefined {
    this.#text += text;
    // Two characters are kept back, since three quotes open another kind of string than one.
    while (this.#end === undefined && this.#at < this.#text.length - 2) this.#read();
    return this.#end;
  }

  #read(): void {
    const char = this.#text[this.#at]!;
    if (this.#quote !== '') this.#readString(char);
    else if (char === '\n') this.#endLine();
    else if (this.#atLineStart) this.#readIndent(char);
    else this.#readCode(char);
  }

  #readIndent(char: string): void {
    if (char === ' ' || char === '\t' || char === '\r') {
      this.#at++;
      return;
    }
    const indent = this.#at - this.#lineStart;
    this.#atLineStart = false;
    if (this.#depth === 0) {
      this.#indent ??= indent;
      if (indent < this.#indent) this.#end = this.#lastLineEnd;
    }
  }

  #readCode(char: string): void {
    if (char === '#') this.#inComment = true;
    if (this.#inComment) {
      this.#at++;
      return;
    }
    if (char === '"' || char === "'") {
      const triple = char.repeat(3);
      this.#quote = this.#text.startsWith(triple, this.#at) ? triple : char;
      this.#at += this.#quote.length;
      return;
    }
    if ('([{'.includes(char)) this.#depth++;
    else if (')]}'.includes(char)) this.#depth = Math.max(0, this.#depth - 1);
    this.#at++;
  }

  #readString(char: string): void {
    if (char === '\\') this.#at += 2;
    else if (this.#text.startsWith(this.#quote, this.#at)) {
      this.#at += this.#quote.length;
      this.#quote = '';
    } else if (char === '\n' && this.#quote.length === 1) {
      this.#quote = ''; // Left open by a slip of the pen.
    } else this.#at++;
  }

  #endLine(): void {
    if (!this.#atLineStart) this.#lastLineEnd = this.#at;
    this.#at++;
    this.#lineStart = this.#at;
    this.#atLineStart = true;
    this.#inComment = false;
  }
}
