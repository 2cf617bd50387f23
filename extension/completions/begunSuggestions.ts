/** A place in a document: the text before and after it. */
export interface CursorPlace {
  readonly document: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface Suggestion<T> {
  readonly text: string;
  readonly about: T;
}

/**
 * What is left to type of `text`, which was suggested at `from`, now that the cursor is at `to`: undefined where something
 * else was typed. An editor that closes brackets and quotation marks by itself has added them after the cursor;
 * `overwrites` counts them.
 */
export function leftOf(
  text: string,
  from: CursorPlace,
  to: CursorPlace,
): { readonly text: string; readonly overwrites: number } | undefined {
  if (from.document !== to.document || !to.prefix.startsWith(from.prefix)) return undefined;
  const typed = to.prefix.slice(from.prefix.length);
  if (!text.startsWith(typed) || typed.length === text.length) return undefined;
  const left = text.slice(typed.length);
  if (to.suffix === from.suffix) return { text: left, overwrites: 0 };
  const closed = to.suffix.length - from.suffix.length;
  if (closed <= 0 || !to.suffix.endsWith(from.suffix)) return undefined;
  const added = to.suffix.slice(0, closed);
  if (!/^[)\]}"'`]+$/.test(added)) return undefined;
  return inOrder(added, left) ? { text: left, overwrites: closed } : undefined;
}

/**
 * Whether `inserted` is a part of `text` that was taken at once, from its beginning, and not typed: of typing an editor
 * inserts single characters, or a bracket or quotation mark with the one that closes it.
 */
export function isTakenPart(inserted: string, text: string): boolean {
  const typed = inserted.length === 1 || /^(?:\(\)|\[\]|\{\}|""|''|``)$/.test(inserted);
  return !typed && inserted !== '' && inserted.length < text.length && text.startsWith(inserted);
}

/** Whether `text` has the characters of `marks` in their order: an editor shows only what keeps the text it replaces. */
function inOrder(marks: string, text: string): boolean {
  let at = 0;
  for (const mark of marks) {
    at = text.indexOf(mark, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The last suggestions, newest first, each with the place that it was made for. */
export class BegunSuggestions<T> {
  readonly #kept: { readonly place: CursorPlace; readonly suggestion: Suggestion<T> }[] = [];
  readonly #most: number;

  constructor(most = 50) {
    this.#most = most;
  }

  keep(place: CursorPlace, suggestion: Suggestion<T>): void {
    this.#kept.unshift({ place, suggestion });
    this.#kept.length = Math.min(this.#kept.length, this.#most);
  }

  /** The rest of the newest suggestion that what was typed since agrees with. */
  at(place: CursorPlace): (Suggestion<T> & { readonly overwrites: number }) | undefined {
    for (const { place: from, suggestion } of this.#kept) {
      const left = leftOf(suggestion.text, from, place);
      if (left) return { ...left, about: suggestion.about };
    }
    return undefined;
  }

  clear(): void {
    this.#kept.length = 0;
  }
}
