import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionPlace, TestRequest } from '../framework.ts';

/**
 * Sources with a statement at the start of each watched function that leaves the function's number in a file: once for
 * each global object, which is once for each test file in most frameworks.
 *
 * Unlike V8's own coverage it needs no source map, whatever compiles the file afterwards; and since it reads everything by
 * `Reflect.get`, type checkers have nothing to say about it.
 */
export function withProbes(
  workspace: string,
  { watch = [], replace = {} }: TestRequest,
): Record<string, string> {
  const texts: Record<string, string> = { ...replace };
  const byFile = Map.groupBy(
    watch.map((place, at) => ({ place, at })),
    ({ place }) => place.file,
  );
  for (const [file, places] of byFile) {
    if (!/\.[cm]?[jt]sx?$/.test(file)) continue;
    let text = replace[file] ?? readFileSync(join(workspace, file), 'utf8');
    // From the end, so that offsets stay right.
    for (const { place, at } of places.toSorted((a, b) => b.place.bodyStart - a.place.bodyStart)) {
      if (hasBraces(text, place)) {
        text = text.slice(0, place.bodyStart) + probe(at) + text.slice(place.bodyStart);
      }
    }
    texts[file] = text;
  }
  return texts;
}

function hasBraces(text: string, { bodyStart }: FunctionPlace): boolean {
  return text[bodyStart - 1] === '{';
}

function probe(at: number): string {
  const seen = `'reinforce ${at}'`;
  const append = `Reflect.get(p, 'getBuiltinModule')('fs').appendFileSync(p.env.REINFORCE_PROBES, '${at}\\n')`;
  return ` if (!Reflect.get(globalThis, ${seen})) { Reflect.set(globalThis, ${seen}, 1); const p = Reflect.get(globalThis, 'process'); ${append}; } `;
}
