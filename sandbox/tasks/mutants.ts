import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from './findFunctions.ts';
import type { SyntaxTrees } from './syntaxTrees.ts';
import type { Task } from './task.ts';

/** Operators and what each is changed into. */
const OPERATORS: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '+',
  '/': '*',
  '%': '*',
  '**': '*',
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '&&': '||',
  '||': '&&',
  and: 'or',
  or: 'and',
  '+=': '-=',
  '-=': '+=',
  '*=': '+=',
};
const BINARY =
  /^(binary_expression|binary_operator|boolean_operator|comparison_operator|augmented_assignment(_expression)?)$/;

/** One change to a text. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Small changes to a body, each of which a good test suite notices: another operator, a negated condition, another
 * literal, a missing answer. At most `count`, spread over the whole body, the same each time.
 */
export function mutantsOf(
  trees: SyntaxTrees,
  { language, prefix, body, suffix }: Pick<Task, 'language' | 'prefix' | 'body' | 'suffix'>,
  count: number,
): string[] {
  const changes: Change[] = [];
  trees.read(language, prefix + body + suffix, (root) => {
    const visit = (node: Node): void => {
      if (node.endIndex <= prefix.length || node.startIndex >= prefix.length + body.length) return;
      if (node.startIndex >= prefix.length) changes.push(...changesTo(node, language === 'python'));
      for (const child of present(node.children)) visit(child);
    };
    visit(root);
  });
  const mutants = changes.map(({ start, end, text }) => {
    const [from, to] = [start - prefix.length, end - prefix.length];
    return body.slice(0, from) + text + body.slice(to);
  });
  const task = { language, prefix, suffix };
  const different = [...new Set(mutants)].filter((mutant) => mutant !== body && trees.fits(task, mutant));
  if (different.length <= count) return different;
  return Array.from({ length: count }, (_, i) => different[Math.floor((i * different.length) / count)]!);
}

function changesTo(node: Node, python: boolean): Change[] {
  const { startIndex: start, endIndex: end, text } = node;
  const replace = (by: string): Change[] => [{ start, end, text: by }];
  if (BINARY.test(node.type)) {
    return present(node.children).flatMap((child) => {
      const other = child.isNamed ? undefined : OPERATORS[child.type];
      return other === undefined ? [] : [{ start: child.startIndex, end: child.endIndex, text: other }];
    });
  }
  // Keywords have types of their own, and literals may be types.
  if (!node.isNamed || node.parent?.type === 'literal_type') return [];
  switch (node.type) {
    case 'number':
    case 'integer':
    case 'float':
      return replace(`(${text} + ${text.endsWith('n') ? '1n' : '1'})`);
    case 'true':
    case 'false':
      return replace(python ? `(not ${text})` : `!${text}`);
    case 'string':
      return python && node.parent?.type === 'expression_statement'
        ? []
        : replace(text.length > 2 ? '""' : '"x"');
    case 'if_statement':
    case 'while_statement':
    case 'elif_clause':
    case 'ternary_expression': {
      const condition = node.childForFieldName('condition');
      if (!condition) return [];
      const { startIndex, endIndex } = condition;
      const negated = python ? `(not (${condition.text}))` : `(!(${condition.text}))`;
      return [{ start: startIndex, end: endIndex, text: negated }];
    }
    case 'return_statement': {
      const value = node.namedChildren[0];
      if (!value) return [];
      return [{ start: value.startIndex, end: value.endIndex, text: python ? 'None' : 'undefined' }];
    }
    default:
      return [];
  }
}
