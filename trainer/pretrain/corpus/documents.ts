import { type BpeEncoder, endOfText, fimMiddle, fimPrefix, fimSuffix } from '../bpe.ts';
import { drawExercise } from '../exercises/catalog.ts';
import type { Random } from '../exercises/random.ts';
import type { CorpusFunction } from './functions.ts';

/** A document of the token stream. `tokens` starts and ends with the end-of-text token. */
export interface TokenDocument {
  readonly tokens: readonly number[];
  readonly source: 'exercise' | 'library';
  readonly form: 'left-to-right' | 'fill-in-the-middle';
}

/** What documents are made of, and in which shares. */
export interface DocumentOptions {
  readonly encoder: BpeEncoder;
  readonly random: Random;
  readonly libraryFunctions: readonly CorpusFunction[];
  /** Share of the tokens that comes from libraries. */
  readonly libraryShare: number;
  readonly fillInTheMiddleShare: number;
  /** Longer documents are left out. */
  readonly longest: number;
  /** True for a text that must not be used (because another stream holds it, or this one already). */
  readonly refuse: (text: string) => boolean;
}

interface Piece {
  readonly text: string;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/**
 * Documents without end: single functions left to right, sometimes after one or two others as in a file, and the same
 * cut into prefix, suffix and middle (Bavarian et al. 2022, the prefix-suffix-middle order), mostly at the body's braces.
 */
export function* documents(options: DocumentOptions): Generator<TokenDocument> {
  const { encoder, random, longest } = options;
  let tokensOfLibraries = 0;
  let tokensOfAll = 1;
  for (;;) {
    const library = options.libraryFunctions.length > 0 && tokensOfLibraries < options.libraryShare * tokensOfAll;
    const draw = (): Piece => (library ? random.pick(options.libraryFunctions) : drawNew(options));
    const piece = draw();
    const middle = random.chance(options.fillInTheMiddleShare) && piece.bodyStart >= 0;
    const before = random.chance(0.12) ? Array.from({ length: random.integer(1, 2) }, draw) : [];
    const context = before.map((one) => `${one.text}\n`).join('');
    const tokens = middle ? filled(encoder, context, piece, random) : [endOfText, ...encoder.encode(context + piece.text), endOfText];
    if (tokens.length > longest) continue;
    if (library) tokensOfLibraries += tokens.length;
    tokensOfAll += tokens.length;
    yield { tokens, source: library ? 'library' : 'exercise', form: middle ? 'fill-in-the-middle' : 'left-to-right' };
  }
}

/** A few tries for an exercise that was not used yet; small families run out of new ones. */
function drawNew({ random, refuse }: DocumentOptions): Piece {
  for (let attempt = 0; attempt < 6; attempt++) {
    const exercise = drawExercise(random);
    if (!refuse(exercise.text)) return exercise;
  }
  return drawExercise(random);
}

function filled(encoder: BpeEncoder, context: string, piece: Piece, random: Random): number[] {
  const [from, to] = cuts(piece, random);
  const part = (text: string): number[] => encoder.encode(text);
  return [
    endOfText,
    fimPrefix,
    ...part(context + piece.text.slice(0, from)),
    fimSuffix,
    ...part(piece.text.slice(to)),
    fimMiddle,
    ...part(piece.text.slice(from, to)),
    endOfText,
  ];
}

function cuts(piece: Piece, random: Random): readonly [number, number] {
  const kind = random.next();
  if (kind < 0.65) return [piece.bodyStart, piece.bodyEnd];
  if (kind < 0.85) {
    const breaks: number[] = [];
    for (let at = piece.bodyStart; at < piece.bodyEnd; at++) if (piece.text[at] === '\n') breaks.push(at);
    if (breaks.length < 2) return [piece.bodyStart, piece.bodyEnd];
    const [first, second] = [random.pick(breaks), random.pick(breaks)];
    if (first !== second) return first < second ? [first, second] : [second, first];
    return [piece.bodyStart, piece.bodyEnd];
  }
  const [first, second] = [random.integer(piece.bodyStart, piece.bodyEnd), random.integer(piece.bodyStart, piece.bodyEnd)];
  return first < second ? [first, second] : [second, first];
}
