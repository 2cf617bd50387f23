import type { SyntaxTrees } from '../tasks/syntaxTrees.ts';
import type { Task } from '../tasks/task.ts';
import { javaScriptMarks } from './denylistJavaScript.ts';
import { pythonMarks } from './denylistPython.ts';

/**
 * What a completion uses that reaches beyond its function (the process, the module system, evaluated text, foreign
 * objects, comparison with itself, …) and that the body which the person wrote does not use.
 *
 * It reads the syntax tree, so it sees what is written, not what is computed: text that is put together at run time gets
 * past it, and is left to the tests that must fail (see `controlTests.ts`) and to the isolation.
 * @returns the first such thing, as it would be written; undefined where there is none.
 */
export function forbiddenSyntax(
  trees: SyntaxTrees,
  task: Pick<Task, 'language' | 'prefix' | 'body' | 'suffix'>,
  body: string,
): string | undefined {
  const { language, prefix, suffix } = task;
  const marksIn = language === 'python' ? pythonMarks : javaScriptMarks;
  const marksOf = (text: string) =>
    trees.read(language, prefix + text + suffix, (root) =>
      marksIn(root, prefix.length, prefix.length + text.length),
    );
  const marks = marksOf(body);
  if (marks.size === 0) return undefined;
  const original = marksOf(task.body);
  return [...marks].find((mark) => !original.has(mark));
}
