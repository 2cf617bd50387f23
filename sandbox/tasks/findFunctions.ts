import type { Node } from '@vscode/tree-sitter-wasm';

/** A named function with a body of its own, as offsets into its file. */
export interface FoundFunction {
  /** `name`, or `Outer.name` for what stands in a class, an object or a namespace. */
  readonly name: string;
  /** Line of the function itself, counted from 1. */
  readonly line: number;
  /** Where its doc comment starts, or without one the statement that it stands in. */
  readonly headerStart: number;
  /** Right after the `{`; where the body is an expression behind an arrow, its start. */
  readonly bodyStart: number;
  /** The `}`, or the end of the expression. */
  readonly bodyEnd: number;
  /** Its body stands on the line of its header, as only Python has it. */
  readonly inline?: true;
}

const FUNCTION_DECLARATIONS = new Set(['function_declaration', 'generator_function_declaration']);
const FUNCTION_VALUES = new Set(['arrow_function', 'function_expression', 'generator_function']);
/** What may stand between a statement and the function that wraps a module. */
const WRAPPING = new Set([
  'call_expression',
  'arguments',
  'parenthesized_expression',
  'unary_expression',
  'member_expression',
  'new_expression',
  'await_expression',
]);
const CLASSES = new Set(['class_declaration', 'abstract_class_declaration', 'class']);
const FIELDS = new Set(['public_field_definition', 'field_definition']);

/** Longer bodies are out of reach of the models that this is for. */
export const MAX_BODY_LINES = 60;

/**
 * Functions of a JavaScript or TypeScript module that have a place in its structure: declarations, bindings, members
 * of classes, of object literals and of namespaces, and what is assigned to `exports` or a prototype; exported or not.
 *
 * Functions inside functions belong to their outer one, unless that only stands around them: it is called on the spot
 * or passed to another function, as module wrappers are, or is too long to be anything else than a factory.
 */
export function findFunctions(root: Node): FoundFunction[] {
  return present(root.namedChildren).flatMap((statement) => inStatement(statement, ''));
}

/** @param path what stands before the name, with a dot at its end. */
function inStatement(statement: Node, path: string): FoundFunction[] {
  if (statement.type === 'export_statement') {
    const exported = statement.childForFieldName('declaration') ?? statement.childForFieldName('value');
    return exported ? inDeclaration(statement, exported, path) : [];
  }
  return inDeclaration(statement, statement, path);
}

function inDeclaration(statement: Node, declaration: Node, path: string): FoundFunction[] {
  if (FUNCTION_DECLARATIONS.has(declaration.type)) {
    return found(statement, declaration, path + nameOf(declaration));
  }
  switch (declaration.type) {
    case 'lexical_declaration':
    case 'variable_declaration': {
      const bindings = present(declaration.namedChildren).filter(
        (child) => child.type === 'variable_declarator',
      );
      return bindings.flatMap((binding, at) => {
        const value = binding.childForFieldName('value');
        return value ? inValue(at === 0 ? statement : binding, value, path + nameOf(binding)) : [];
      });
    }
    case 'return_statement': {
      const [value] = present(declaration.namedChildren);
      return value && !isName(value) ? inValue(statement, value, path.slice(0, -1) || 'returned') : [];
    }
    case 'expression_statement':
      return inExpression(statement, declaration.namedChildren[0], path);
    case 'internal_module': {
      const inside = declaration.childForFieldName('body')?.namedChildren ?? [];
      return present(inside).flatMap((child) => inStatement(child, `${path}${nameOf(declaration)}.`));
    }
    default:
      return inValue(statement, declaration, path + nameOf(declaration));
  }
}

/** `exports.name = …`, `module.exports = …`, `Class.prototype.name = …`, a module wrapper, a namespace. */
function inExpression(statement: Node, expression: Node | null | undefined, path: string): FoundFunction[] {
  if (expression?.type === 'internal_module') return inDeclaration(statement, expression, path);
  if (expression?.type !== 'assignment_expression') return expression ? insideWrapper(expression, path) : [];
  const [left, right] = [expression.childForFieldName('left'), expression.childForFieldName('right')];
  if (!left || !right || (left.type !== 'member_expression' && !isName(left))) return [];
  const name = left.text.replace(/^(module\.)?exports(\.|$)/, '').replace('.prototype.', '.');
  return inValue(statement, right, path + (name || nameOf(right)));
}

/** Functions inside those that an expression calls on the spot or passes on: `(function () { … })()`, `define(() => { … })`. */
function insideWrapper(expression: Node, path: string): FoundFunction[] {
  if (FUNCTION_VALUES.has(expression.type)) return insideFunction(expression, path);
  if (!WRAPPING.has(expression.type)) return [];
  return present(expression.namedChildren).flatMap((part) => insideWrapper(part, path));
}

function insideFunction(fn: Node, path: string): FoundFunction[] {
  const body = fn.childForFieldName('body');
  if (body?.type !== 'statement_block') return [];
  return present(body.namedChildren).flatMap((statement) => inStatement(statement, path));
}

/** @param statement what the value's own doc comment would stand above. */
function inValue(statement: Node, value: Node, name: string): FoundFunction[] {
  if (FUNCTION_VALUES.has(value.type)) return found(statement, value, name);
  if (CLASSES.has(value.type)) {
    return present(value.childForFieldName('body')?.namedChildren ?? []).flatMap((member) =>
      inMember(member, name),
    );
  }
  if (value.type === 'object') {
    return present(value.namedChildren).flatMap((member) => inMember(member, name));
  }
  return WRAPPING.has(value.type) ? insideWrapper(value, `${name}.`) : [];
}

function inMember(member: Node, outer: string): FoundFunction[] {
  const key = member.childForFieldName('name') ?? member.childForFieldName('property');
  const name = `${outer}.${(key ?? member.childForFieldName('key'))?.text ?? ''}`;
  if (member.type === 'method_definition') {
    return key?.text === 'constructor' ? [] : found(member, member, name);
  }
  if (member.type !== 'pair' && !FIELDS.has(member.type)) return [];
  const value = member.childForFieldName('value');
  return value ? inValue(member, value, name) : [];
}

function found(statement: Node, fn: Node, name: string): FoundFunction[] {
  const body = fn.childForFieldName('body');
  if (!body) return [];
  const block = body.type === 'statement_block';
  const isLong = body.endPosition.row - body.startPosition.row >= MAX_BODY_LINES;
  return [
    ...(isLong ? insideFunction(fn, `${name}.`) : []),
    {
      name,
      line: fn.startPosition.row + 1,
      headerStart: headerStart(statement),
      bodyStart: block ? body.startIndex + 1 : body.startIndex,
      bodyEnd: block ? body.endIndex - 1 : body.endIndex,
    },
  ];
}

/** Comments that stand right above a statement, without an empty line between, belong to it. */
export function headerStart(statement: Node): number {
  let first = statement;
  for (let above = first.previousSibling; above?.type === 'comment'; above = first.previousSibling) {
    const lineApart = above.endPosition.row === first.startPosition.row - 1;
    const behindCode = above.previousSibling?.endPosition.row === above.startPosition.row;
    if (!lineApart || behindCode) break;
    first = above;
  }
  return first.startIndex;
}

const isName = (node: Node) => node.type === 'identifier';

function nameOf(node: Node): string {
  return node.childForFieldName('name')?.text ?? 'default';
}

export function present(nodes: readonly (Node | null)[]): Node[] {
  return nodes.filter((node) => node !== null);
}
