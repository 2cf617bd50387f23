import type { TaskSummary } from '../../trainer/protocol.ts';

/**
 * Where the name of a task's function stands in its file as it is today, counted from 0: in the header that it was
 * collected with, of several the one nearest to where that stood; where the header is another by now, on the line of then.
 *
 * @param header from the doc comment up to where the body opens; null for a run that kept none.
 */
export function placeOfFunction(
  text: string,
  { name, line = 1 }: Pick<TaskSummary, 'name' | 'line'>,
  header: string | null,
): { readonly line: number; readonly character: number } {
  const linesBefore = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  // `line` is the one that the body opens on.
  const then = line - (header ?? '').split('\n').length;
  const nearest = header
    ? placesOf(header, text).toSorted(
        (a, b) => Math.abs(linesBefore(a) - then) - Math.abs(linesBefore(b) - then),
      )[0]
    : undefined;
  if (!header || nearest === undefined) return { line: line - 1, character: 0 };
  const at = nearest + nameIn(header, name);
  return { line: linesBefore(at), character: at - (text.lastIndexOf('\n', at - 1) + 1) };
}

function placesOf(part: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}

/** The offset of a function's own name in its header, whose doc comment may have it too; without it the header's end. */
function nameIn(header: string, name: string): number {
  const own = name.slice(name.lastIndexOf('.') + 1);
  const last = [...header.matchAll(/[\p{L}\p{N}_$]+/gu)].findLast(([word]) => word === own);
  return last?.index ?? header.trimEnd().length;
}
