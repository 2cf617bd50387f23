import { createHash } from 'node:crypto';
import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from './findFunctions.ts';
import type { SyntaxTrees } from './syntaxTrees.ts';
import type { Task } from './task.ts';

const PARAMETERS = new Set(['formal_parameters', 'parameters']);
const DECLARED = new Set(['variable_declarator', 'assignment']);

const LOOPS = new Set(['for_in_statement', 'for_statement', 'for_in_clause']);
const isLoopName = (loop: Node, child: Node) => loop.childForFieldName('left')?.id === child.id;

/**
 * A function's parameters and body without comments, white space and its choice of local names: two functions with the
 * same normal form are the same task. Names from outside, properties and literals count.
 */
export function normalForm(
  trees: SyntaxTrees,
  { language, prefix, body, suffix }: Pick<Task, 'language' | 'prefix' | 'body' | 'suffix'>,
): string {
  return trees.read(language, prefix + body + suffix, (root) => {
    const lead = prefix.length + /^\s*/.exec(body)![0].length;
    let fn = root.descendantForIndex(lead, lead + 1);
    while (fn && fn.startIndex >= prefix.length - 1) fn = fn.parent;
    const start = fn?.childForFieldName('parameters') ?? fn?.childForFieldName('parameter');
    const from = start?.startIndex ?? prefix.length;
    const end = prefix.length + body.length;
    const locals = new Map<string, string>();
    const words: string[] = present(fn?.children ?? [])
      .map(({ type }) => type)
      .filter((type) => type === 'async' || type === '*' || type === 'get' || type === 'set');
    const visit = (node: Node, binds: boolean): void => {
      if (node.endIndex <= from || node.startIndex >= end || node.type === 'comment') return;
      if (node.childCount > 0) {
        for (const [at, child] of present(node.children).entries()) {
          const first =
            (DECLARED.has(node.type) && at === 0) || (LOOPS.has(node.type) && isLoopName(node, child));
          visit(child, PARAMETERS.has(node.type) || first || (binds && child.type !== 'type_annotation'));
        }
        return;
      }
      if (binds && /identifier/.test(node.type) && !locals.has(node.text))
        locals.set(node.text, `$${locals.size}`);
      const isName = node.type === 'identifier' || node.type.startsWith('shorthand_property');
      words.push(isName ? (locals.get(node.text) ?? node.text) : node.text);
    };
    visit(root, false);
    return createHash('sha256').update(words.join('\0')).digest('hex');
  });
}
