import type { Node } from '@vscode/tree-sitter-wasm';
import { fileOfTest, SEPARATOR } from '../frameworks/framework.ts';
import type { SyntaxTrees } from '../tasks/syntaxTrees.ts';
import { languageOf } from '../tasks/syntaxTrees.ts';
import type { Controls } from '../tasks/task.ts';
import { javaScriptTests } from './controlTestsJavaScript.ts';
import { pythonTests } from './controlTestsPython.ts';

/** Random values that no completion can know: a word for names and texts, and a number to be added. */
export interface Draw {
  readonly word: string;
  readonly number: number;
}

/** A test of a test file as it is written there, and the tests that can be made of it. All of them must fail. */
export interface WrittenTest {
  /** Names of the suites around it, and its own. */
  readonly path: readonly string[];
  /** Offset in the test file, right after the test. */
  readonly end: number;
  /** The test again, under another name and with one expected value changed. */
  readonly negation: ((name: string, draw: Draw) => string) | undefined;
  /** Tests that fail of themselves: by throwing, and by the assertion that is used here if it can be told. */
  readonly canaries: readonly ((name: string, draw: Draw) => string)[];
}

/** A test that is put into a test file for one run and must fail there. */
export interface ControlTest {
  readonly id: string;
  /** The real test of which it is the negation; undefined for a canary. */
  readonly negates: string | undefined;
}

export interface ArmedFiles {
  /** Test file → its text with the control tests. */
  readonly texts: Readonly<Record<string, string>>;
  readonly controls: readonly ControlTest[];
}

export type WrittenTests = ReadonlyMap<string, WrittenTest>;

/** The tests of a test file that stand in its text under a name of their own, by id. */
export function writtenTests(trees: SyntaxTrees, file: string, text: string): WrittenTests {
  const language = languageOf(file);
  if (language === undefined) return new Map();
  const find: (root: Node) => WrittenTest[] = language === 'python' ? pythonTests : javaScriptTests;
  const found = trees.read(language, text, (root) => (root.hasError ? [] : find(root)));
  const byId = Map.groupBy(found, ({ path }) => [file, ...path].join(SEPARATOR));
  return new Map([...byId].flatMap(([id, tests]) => (tests.length === 1 ? [[id, tests[0]!] as const] : [])));
}

/** A parametrised test of pytest is written once: `test_sum[1-2]` → `test_sum` and `[1-2]`. */
export function splitParameters(id: string): readonly [id: string, parameters: string] {
  const [, written, parameters] = /^(.*?\.py > [^[]*)(\[.*\])$/s.exec(id) ?? [];
  return written !== undefined && parameters !== undefined ? [written, parameters] : [id, ''];
}

/**
 * Puts control tests into the files of these tests: the negation of each test in `negated`, and the canaries of
 * the files in `canaries`.
 * @param name gives a name that no other test has, fit for the language: letters and digits.
 */
export function arm(
  texts: Readonly<Record<string, string>>,
  written: (file: string) => WrittenTests,
  tests: readonly string[],
  { canaries, negations }: Controls,
  draw: () => Draw,
): ArmedFiles {
  const controls: ControlTest[] = [];
  const armed: Record<string, string> = {};
  for (const [file, text] of Object.entries(texts)) {
    const inFile = tests.filter((id) => fileOfTest(id) === file);
    const insertions: { readonly at: number; readonly text: string }[] = [];
    const insert = (test: WrittenTest, make: (name: string, draw: Draw) => string, negates?: string) => {
      const one = draw();
      const name = test.path.at(-1)!;
      const other = file.endsWith('.py') ? `${name}_${one.word}` : `${name} ${one.word}`;
      insertions.push({ at: test.end, text: make(other, one) });
      const path = [file, ...test.path.slice(0, -1), other];
      const parameters = negates === undefined ? '' : splitParameters(negates)[1];
      controls.push({ id: path.join(SEPARATOR) + parameters, negates });
    };
    for (const id of negations.filter((each) => fileOfTest(each) === file)) {
      const test = written(file).get(splitParameters(id)[0]);
      if (test?.negation) insert(test, test.negation, id);
    }
    const [first] = inFile.flatMap((id) => written(file).get(splitParameters(id)[0]) ?? []);
    if (first && canaries.includes(file)) for (const canary of first.canaries) insert(first, canary);
    armed[file] = insertions
      .sort((a, b) => b.at - a.at)
      .reduce((all, { at, text: added }) => all.slice(0, at) + added + all.slice(at), text);
  }
  return { texts: armed, controls };
}
