import type { Node } from '@vscode/tree-sitter-wasm';

/** A named function with a body of its own, as offsets into its file. */
export interface FoundFunction {
  /** `name`, or `Outer.name` for what stands in a class, an object or a namespace. */
  readonly name: string;
  /** Line of the function itself, counted from 1. */
  readonly line: number;
  /** Where its doc comment starts, or without one the statement that it stands in. */
  readonly headerStart: number;
  /** Right after the `{`. */
  readonly bodyStart: number;
  /** The `}`. */
  readonly bodyEnd: number;
  /** Its body is an expression behind the arrow, or stands on the line of its header. */
  readonly inline?: true;
}

const FUNCTION_DECLARATIONS = new Set(['function_declaration', 'generator_function_declaration']);
const FUNCTION_VALUES = new Set(['arrow_function', 'function_expression', 'generator_function']);
const CLASSES = new Set(['class_declaration', 'abstract_class_declaration', 'class']);
const FIELDS = new Set(['public_field_definition', 'field_definition']);

/**
 * Functions of a JavaScript or TypeScript module that have a place in its structure: declarations, bindings, members
 * of classes, of object literals and of namespaces, and what is assigned to `exports` or a prototype; exported or not.
 * Functions inside functions belong to their outer one.
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
      const value = bindings.length === 1 ? bindings[0]?.childForFieldName('value') : undefined;
      return value ? inValue(statement, value, path + nameOf(bindings[0]!)) : [];
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

/** `exports.name = …`, `module.exports = …`, `Class.prototype.name = …`, and a namespace that is not exported. */
function inExpression(statement: Node, expression: Node | null | undefined, path: string): FoundFunction[] {
  if (expression?.type === 'internal_module') return inDeclaration(statement, expression, path);
  if (expression?.type !== 'assignment_expression') return [];
  const [left, right] = [expression.childForFieldName('left'), expression.childForFieldName('right')];
  if (left?.type !== 'member_expression' || !right) return [];
  const name = left.text.replace(/^(module\.)?exports(\.|$)/, '').replace('.prototype.', '.');
  return inValue(statement, right, path + (name || nameOf(right)));
}

/** @param statement what the value's own doc comment would stand above. */
function inValue(statement: Node, value: Node, name: string): FoundFunction[] {
  if (FUNCTION_VALUES.has(value.type)) return found(statement, value, name);
  if (CLASSES.has(value.type)) {
    return present(value.childForFieldName('body')?.namedChildren ?? []).flatMap((member) =>
      inMember(member, name),
    );
  }
  if (value.type !== 'object') return [];
  return present(value.namedChildren).flatMap((member) => inMember(member, name));
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
  return [
    {
      name,
      line: fn.startPosition.row + 1,
      headerStart: headerStart(statement),
      bodyStart: block ? body.startIndex + 1 : body.startIndex,
      bodyEnd: block ? body.endIndex - 1 : body.endIndex,
      ...(!block && { inline: true }),
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

function nameOf(node: Node): string {
  return node.childForFieldName('name')?.text ?? 'default';
}

export function present(nodes: readonly (Node | null)[]): Node[] {
  return nodes.filter((node) => node !== null);
}
