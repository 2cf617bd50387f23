import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from './findFunctions.ts';
import { spread } from './spread.ts';
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

/** A body with one change. */
export interface Mutant {
  readonly body: string;
  /** It decides whether a loop ends, so that it may run for ever. */
  readonly mayNotEnd: boolean;
}

/** Loops that end by what they compute; those over a list end by themselves. */
const LOOPS = new Set(['for_statement', 'while_statement', 'do_statement']);

/**
 * Small changes to a body, each of which a good test suite notices: another operator, a negated condition, another
 * literal, a missing answer. At most `count`, spread over the whole body, the same each time; those that may run for ever
 * come last, since they cost most.
 */
export function mutantsOf(
  trees: SyntaxTrees,
  { language, prefix, body, suffix }: Pick<Task, 'language' | 'prefix' | 'body' | 'suffix'>,
  count: number,
): Mutant[] {
  const changes: (Change & Pick<Mutant, 'mayNotEnd'>)[] = [];
  trees.read(language, prefix + body + suffix, (root) => {
    const python = language === 'python';
    const visit = (node: Node, inLoop: boolean): void => {
      if (node.endIndex <= prefix.length || node.startIndex >= prefix.length + body.length) return;
      const inside = node.startIndex >= prefix.length;
      // A Python `for` is over a list.
      const mayNotEnd =
        inside && (inLoop || (LOOPS.has(node.type) && !(python && node.type === 'for_statement')));
      if (inside) changes.push(...changesTo(node, python).map((change) => ({ ...change, mayNotEnd })));
      for (const child of present(node.children)) visit(child, mayNotEnd);
    };
    visit(root, false);
  });
  const mutants = changes.map(({ start, end, text, mayNotEnd }) => {
    const [from, to] = [start - prefix.length, end - prefix.length];
    return { body: body.slice(0, from) + text + body.slice(to), mayNotEnd };
  });
  const task = { language, prefix, suffix };
  const different = [...new Map(mutants.map((mutant) => [mutant.body, mutant])).values()].filter(
    (mutant) => mutant.body !== body && trees.fits(task, mutant.body),
  );
  return spread(different, count).toSorted((a, b) => Number(a.mayNotEnd) - Number(b.mayNotEnd));
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
