/** Columns of a table that only grows. */

const firstCapacity = 1024;

/** Numbers, eight bytes each; a missing one is NaN. */
export class NumberColumn {
  #values = new Float64Array(firstCapacity);
  #length = 0;

  push(value: number | null): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value ?? Number.NaN;
  }

  at(row: number): number {
    return this.#values[row]!;
  }
}

/** Texts of which many are equal: each is kept once. A missing one is null. */
export class TextColumn {
  readonly #codes = new NumberColumn();
  readonly #texts: string[] = [];
  readonly #codeOf = new Map<string, number>();

  push(text: string | null): void {
    this.#codes.push(text === null ? null : (this.#codeOf.get(text) ?? this.#add(text)));
  }

  at(row: number): string | null {
    return this.#texts[this.#codes.at(row)] ?? null;
  }

  /** The text's number, which rows can be compared with; undefined for a text that no row has. */
  codeOf(text: string): number | undefined {
    return this.#codeOf.get(text);
  }

  /** NaN for a missing text. */
  codeAt(row: number): number {
    return this.#codes.at(row);
  }

  /** The different texts, each at its number. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** By number, the place of each text among all in the order of their characters' codes. */
  ranks(): Float64Array {
    const order = this.#texts.map((_, code) => code);
    order.sort((a, b) => (this.#texts[a]! < this.#texts[b]! ? -1 : 1));
    const ranks = new Float64Array(order.length);
    order.forEach((code, rank) => {
      ranks[code] = rank;
    });
    return ranks;
  }

  #add(text: string): number {
    const code = this.#texts.length;
    this.#texts.push(text);
    this.#codeOf.set(text, code);
    return code;
  }
}
