/** Packs whole documents into rows of fixed length, each document seeing only itself. */
import { blocked } from '../learn/feeds.ts';

/** Reads documents out of a token stream, in which one end-of-text token stands before, between and after them. */
export function* documentsOf(tokens: Uint16Array, endOfText: number): Generator<Uint16Array> {
  for (let start = 0; ; ) {
    const end = tokens.indexOf(endOfText, start + 1);
    if (end < 0) return;
    yield tokens.subarray(start, end + 1);
    start = end;
  }
}

export interface PackedBatch {
  /** [B, T] each, int64. */
  readonly tokens: BigInt64Array;
  readonly targets: BigInt64Array;
  readonly positions: BigInt64Array;
  /** Attention mask [B, 1, T, T]: 0 within a document up to the token itself, elsewhere very negative. */
  readonly mask: Float32Array;
  /** [B, T]: 1 / (tokens that have a target), 0 for padding and a document's last token. */
  readonly weight: Float32Array;
  /** Tokens that have a target. */
  readonly predicted: number;
}

/** Takes documents (at most T + 1 tokens each) until B rows are full, each by the first document in reach that fits. */
export class Packer {
  readonly #documents: Iterator<Uint16Array>;
  readonly #rows: number;
  readonly #length: number;
  /** Documents in reach for filling a row; kept small so that the order stays close to the stream's. */
  readonly #waiting: Uint16Array[] = [];

  constructor(documents: Iterator<Uint16Array>, rows: number, length: number) {
    this.#documents = documents;
    this.#rows = rows;
    this.#length = length;
  }

  /** The next batch, or nothing when the documents no longer fill one. */
  next(): PackedBatch | undefined {
    const [B, T] = [this.#rows, this.#length];
    const tokens = new BigInt64Array(B * T);
    const targets = new BigInt64Array(B * T);
    const positions = new BigInt64Array(B * T);
    const mask = new Float32Array(B * T * T).fill(blocked);
    const weight = new Float32Array(B * T);
    let predicted = 0;
    for (let row = 0; row < B; row++) {
      let used = 0;
      for (let document = this.#take(T); document; document = this.#take(T - used)) {
        const inputs = document.length - 1;
        for (let i = 0; i < inputs; i++) {
          const at = row * T + used + i;
          tokens[at] = BigInt(document[i]!);
          targets[at] = BigInt(document[i + 1]!);
          positions[at] = BigInt(i);
          weight[at] = 1;
          mask.fill(0, at * T + used, at * T + used + i + 1);
        }
        predicted += inputs;
        used += inputs;
      }
      if (used === 0) return undefined;
      // A padding token sees itself, so that its softmax is defined.
      for (let i = used; i < T; i++) mask[(row * T + i) * T + i] = 0;
    }
    for (let i = 0; i < weight.length; i++) weight[i]! /= predicted;
    return { tokens, targets, positions, mask, weight, predicted };
  }

  #take(room: number): Uint16Array | undefined {
    while (this.#waiting.length < 64) {
      const { value, done } = this.#documents.next();
      if (done) break;
      this.#waiting.push(value);
    }
    const at = this.#waiting.findIndex((document) => document.length - 1 <= room);
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }
}
