import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from './findFunctions.ts';
import type { SyntaxTrees } from './syntaxTrees.ts';
import type { Task } from './task.ts';

/**
 * Ids of training tasks that call a held-out function: learning them would teach what the held-out one does. A call is
 * told by the function's name, where its file imports that name or is the same file.
 */
export function callersOfHeldOut(trees: SyntaxTrees, tasks: readonly Task[]): Set<string> {
  const heldOut = tasks.filter(({ split }) => split === 'heldOut');
  const names = new Map(heldOut.map((task) => [task.name.split('.').at(-1)!, task.file]));
  const callers = tasks.filter((task) => {
    if (task.split === 'heldOut') return false;
    const imported = importedNames(task);
    return calledNames(trees, task).some((name) => names.has(name) && imported.has(name));
  });
  return new Set(callers.map(({ id }) => id));
}

function calledNames(trees: SyntaxTrees, { language, prefix, body, suffix }: Task): string[] {
  const end = prefix.length + body.length;
  return trees.read(language, prefix + body + suffix, (root) =>
    present(root.descendantsOfType(['call_expression', 'call']))
      .filter((call: Node) => call.startIndex >= prefix.length && call.endIndex <= end)
      .map((call) => call.childForFieldName('function')?.text.split('.').at(-1) ?? ''),
  );
}

/** Every word of the file's import statements and require calls. */
function importedNames({ prefix, suffix }: Task): Set<string> {
  const statements =
    (prefix + suffix).match(/^\s*(import\b[\s\S]*?['"\n][^\n]*|from\b.*import[\s\S]*?$|.*\brequire\().*/gm) ??
    [];
  return new Set(statements.flatMap((statement) => statement.match(/[\w$]+/g) ?? []));
}
