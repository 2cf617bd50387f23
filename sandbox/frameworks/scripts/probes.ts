import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRequest } from '../framework.ts';

/**
 * Sources with a statement at the start of each watched function that leaves the function's number in a file, together
 * with the test that is under way: once for each stretch of one test.
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
      const { bodyStart, bodyEnd, hasBraces } = place;
      const body = text.slice(bodyStart, bodyEnd);
      const probed = hasBraces ? ` ${probe(at)}; ${body}` : `(${probe(at)}, ${body})`;
      text = text.slice(0, bodyStart) + probed + text.slice(bodyEnd);
    }
    texts[file] = text;
  }
  return texts;
}

function probe(at: number): string {
  const install = `Reflect.construct(Function, [${JSON.stringify(INSTALL)}])()`;
  return `(Reflect.get(globalThis, 'reinforce probe') ?? ${install})(${at})`;
}

/**
 * Whoever comes first leaves the function that they all call. The test that is under way is known to mocha's runner
 * (ours tells its names), to vitest's worker, and to the state of jest's runner; suites have their names before the test's.
 * Of tests that run side by side none can be told.
 */
const INSTALL = `
  const get = (from, name) => (from === undefined || from === null ? undefined : Reflect.get(from, name));
  let symbol;
  const testUnderWay = () => {
    const named = get(globalThis, 'reinforce test');
    if (named !== undefined) return named;
    symbol ??= Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL');
    return symbol
      ? get(get(globalThis, symbol), 'currentlyRunningTest')
      : get(get(globalThis, '__vitest_worker__'), 'current');
  };
  const namesOf = (test) => {
    if (!test || Array.isArray(test)) return test || [];
    if (test.type !== 'test' || test.concurrent) return [];
    const names = [];
    for (let at = test; at && !at.filepath; at = at.suite || at.parent) names.unshift(at.name);
    return symbol ? names.slice(1) : names;
  };
  const last = new Map();
  const probe = (at) => {
    const test = testUnderWay();
    if (last.has(at) && last.get(at) === test) return;
    last.set(at, test);
    const p = get(globalThis, 'process');
    const line = JSON.stringify({ names: namesOf(test), at });
    p.getBuiltinModule('fs').appendFileSync(p.env.REINFORCE_PROBES, line + String.fromCharCode(10));
  };
  Reflect.set(globalThis, 'reinforce probe', probe);
  return probe;
`.replaceAll(/\s*\n\s*/g, ' ');
