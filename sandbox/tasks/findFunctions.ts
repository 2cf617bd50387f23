import type { Node } from '@vscode/tree-sitter-wasm';

/** A named function with a body between braces, as offsets into its file. */
export interface FoundFunction {
  /** `name`, or `Class.name` for a method. */
  readonly name: string;
  /** Line of the function itself, counted from 1. */
  readonly line: number;
  /** Where its doc comment starts, or without one the statement that it stands in. */
  readonly headerStart: number;
  /** Right after the `{`. */
  readonly bodyStart: number;
  /** The `}`. */
  readonly bodyEnd: number;
}

const FUNCTION_DECLARATIONS = new Set(['function_declaration', 'generator_function_declaration']);
const FUNCTION_VALUES = new Set(['arrow_function', 'function_expression', 'generator_function']);
const CLASSES = new Set(['class_declaration', 'abstract_class_declaration']);

/**
 * Functions at the top level of a module: declarations, `const` bindings and the methods of classes, exported or not.
 * Functions inside functions belong to their outer one.
 */
export function findFunctions(root: Node): FoundFunction[] {
  return present(root.namedChildren).flatMap((statement) => {
    const declaration = statement.childForFieldName('declaration') ?? statement;
    if (CLASSES.has(declaration.type)) return methods(declaration);
    if (FUNCTION_DECLARATIONS.has(declaration.type))
      return found(statement, declaration, nameOf(declaration));
    if (declaration.type !== 'lexical_declaration') return [];
    const bindings = present(declaration.namedChildren).filter(
      (child) => child.type === 'variable_declarator',
    );
    const value = bindings.length === 1 ? bindings[0]?.childForFieldName('value') : undefined;
    return value && FUNCTION_VALUES.has(value.type) ? found(statement, value, nameOf(bindings[0]!)) : [];
  });
}

function methods(declaration: Node): FoundFunction[] {
  const members = present(declaration.childForFieldName('body')?.namedChildren ?? []);
  return members
    .filter((member) => member.type === 'method_definition' && nameOf(member) !== 'constructor')
    .flatMap((member) => found(member, member, `${nameOf(declaration)}.${nameOf(member)}`));
}

function found(statement: Node, fn: Node, name: string): FoundFunction[] {
  const body = fn.childForFieldName('body');
  if (body?.type !== 'statement_block') return [];
  return [
    {
      name,
      line: fn.startPosition.row + 1,
      headerStart: headerStart(statement),
      bodyStart: body.startIndex + 1,
      bodyEnd: body.endIndex - 1,
    },
  ];
}

/** Comments that stand right above a statement, without an empty line between, belong to it. */
function headerStart(statement: Node): number {
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

function present(nodes: readonly (Node | null)[]): Node[] {
  return nodes.filter((node) => node !== null);
}
