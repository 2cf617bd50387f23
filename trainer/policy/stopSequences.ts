/**
 * Finds where a text that comes in pieces first contains one of some texts, also one that begins in one piece and ends
 * in another.
 */
export class StopSequences {
  readonly #sequences: readonly string[];
  /** Characters of the longest sequence that may stand before the piece that completes it. */
  readonly #overlap: number;
  #length = 0;
  #tail = '';

  constructor(sequences: readonly string[]) {
    this.#sequences = sequences;
    this.#overlap = Math.max(0, ...sequences.map(({ length }) => length - 1));
  }

  /** Where in the whole text the first sequence begins, once one is complete: the text ends there. */
  push(piece: string): number | undefined {
    const text = this.#tail + piece;
    const begin = this.#length - this.#tail.length;
    this.#length += piece.length;
    this.#tail = text.slice(Math.max(0, text.length - this.#overlap));
    const found = this.#sequences.map((sequence) => text.indexOf(sequence)).filter((at) => at >= 0);
    return found.length === 0 ? undefined : begin + Math.min(...found);
  }
}
