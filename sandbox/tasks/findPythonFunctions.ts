import type { Node } from '@vscode/tree-sitter-wasm';
import { type FoundFunction, headerStart, present } from './findFunctions.ts';

/** What may stand between a header or a docstring and the first line of the body. */
const REST_OF_LINE = /^[ \t]*(#[^\n]*)?\r?\n/;

/**
 * Functions of a Python module: those at its top level and the methods of its classes. The docstring belongs to the
 * header; the body starts on the line after it and ends with its last statement. Functions inside functions belong to
 * their outer one.
 */
export function findPythonFunctions(root: Node): FoundFunction[] {
  return inBlock(root, '', root.text);
}

function inBlock(block: Node, path: string, text: string): FoundFunction[] {
  return present(block.namedChildren).flatMap((statement): FoundFunction[] => {
    const definition = statement.childForFieldName('definition') ?? statement;
    const name = path + (definition.childForFieldName('name')?.text ?? '');
    const body = definition.childForFieldName('body');
    if (!body) return [];
    if (definition.type === 'class_definition') return inBlock(body, `${name}.`, text);
    return definition.type === 'function_definition' ? [found(statement, definition, body, name, text)] : [];
  });
}

function found(statement: Node, definition: Node, body: Node, name: string, text: string): FoundFunction {
  const first = body.namedChildren[0];
  const docstring = first?.type === 'expression_statement' && first.namedChildren[0]?.type === 'string';
  const colon = present(definition.children).findLast(
    (child) => child.type === ':' && child.endIndex <= body.startIndex,
  );
  const headerEnd = docstring ? first.endIndex : (colon?.endIndex ?? body.startIndex);
  const rest = REST_OF_LINE.exec(text.slice(headerEnd));
  const bodyStart = headerEnd + (rest?.[0].length ?? 0);
  return {
    name,
    line: definition.startPosition.row + 1,
    headerStart: headerStart(statement),
    bodyStart,
    // Nothing but a docstring leaves nothing to write.
    bodyEnd: Math.max(bodyStart, body.endIndex),
    ...(rest === null && { inline: true }),
  };
}
