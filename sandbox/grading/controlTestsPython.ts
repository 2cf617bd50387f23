import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from '../tasks/findFunctions.ts';
import type { Draw, WrittenTest } from './controlTests.ts';

const EQUALITIES =
  /^self\.assert(Equal|Equals|ListEqual|DictEqual|TupleEqual|SetEqual|SequenceEqual|Is|AlmostEqual)$/;

/** Tests that are written as functions or methods named `test…`, at the top level or in classes. */
export function pythonTests(root: Node): WrittenTest[] {
  return inBlock(root, []);
}

function inBlock(block: Node, classes: readonly string[]): WrittenTest[] {
  return present(block.namedChildren).flatMap((statement) => {
    const definition = statement.childForFieldName('definition') ?? statement;
    const name = definition.childForFieldName('name');
    const body = definition.childForFieldName('body');
    if (!name || !body) return [];
    if (definition.type === 'class_definition') return inBlock(body, [...classes, name.text]);
    const isTest = definition.type === 'function_definition' && name.text.startsWith('test');
    return isTest ? [written(statement, name, body, [...classes, name.text])] : [];
  });
}

function written(statement: Node, name: Node, body: Node, path: readonly string[]): WrittenTest {
  const { text, startIndex } = statement;
  const indent = ' '.repeat(statement.startPosition.column);
  const expected = lastExpected(body);
  const perturbed = expected && perturbation(expected);
  const [nameStart, nameEnd] = [name.startIndex - startIndex, name.endIndex - startIndex];
  const [from, to] = expected ? [expected.startIndex - startIndex, expected.endIndex - startIndex] : [0, 0];
  const inClass = path.length > 1;
  const define = (other: string, fails: string) =>
    `\n${indent}def ${other}(${inClass ? 'self' : ''}):\n${indent}    ${fails}\n`;
  const byMethod = inClass && /\bself\.assert\w/.test(body.text);
  return {
    path,
    end: statement.endIndex,
    negation: perturbed
      ? (other, draw) =>
          `\n${indent}${text.slice(0, nameStart)}${other}${text.slice(nameEnd, from)}${perturbed(draw)}${text.slice(to)}\n`
      : undefined,
    canaries: [
      (other, { word }) => define(other, `raise Exception("${word}")`),
      (other, { number }) =>
        define(other, byMethod ? `self.assertEqual(1, ${number})` : `assert 1 == ${number}`),
    ],
  };
}

/** What the last assertion of a test expects: `assert actual == expected`, or a method of unittest. */
function lastExpected(body: Node): Node | undefined {
  return present(body.descendantsOfType(['assert_statement', 'call']))
    .map((node) => {
      if (node.type === 'assert_statement') {
        const comparison = node.namedChildren[0];
        if (comparison?.type !== 'comparison_operator' || comparison.namedChildCount !== 2) return undefined;
        const operator = present(comparison.children).find((child) => !child.isNamed)?.type;
        if (operator !== '==' && operator !== 'is') return undefined;
        return comparison.namedChildren[1] ?? undefined;
      }
      if (!EQUALITIES.test(node.childForFieldName('function')?.text ?? '')) return undefined;
      return node.childForFieldName('arguments')?.namedChildren[1] ?? undefined;
    })
    .findLast((expected) => expected !== undefined);
}

/** How an expected value is changed into another, of its kind where it is a literal. */
function perturbation(node: Node): ((draw: Draw) => string) | undefined {
  const { text } = node;
  const first = node.type === 'unary_operator' ? node.namedChildren[0] : node;
  // Nodes are gone by the time that it is changed.
  const kind = first?.type;
  if (kind === 'integer' || kind === 'float') {
    return ({ number }) => `(${text} * 3 + ${number}${kind === 'float' ? '.25' : ''})`;
  }
  switch (node.type) {
    case 'string':
    case 'concatenated_string':
      return ({ word }) => (/^[rfu]*b/i.test(text) ? `(${text} + b"${word}")` : `(${text} + "${word}")`);
    case 'true':
    case 'false':
      return () => `(not ${text})`;
    case 'none':
      return ({ word }) => `"${word}"`;
    case 'list':
      return ({ word }) => `(["${word}"] + ${text})`;
    case 'dictionary':
      return ({ word }) => `{"${word}": 1, **${text}}`;
    case 'tuple':
      return ({ word }) => `(("${word}",) + ${text})`;
    case 'set':
      return ({ word }) => `({"${word}"} | ${text})`;
    case 'identifier':
    case 'attribute':
    case 'subscript':
    case 'call':
      return ({ word }) => `["${word}", ${text}]`;
    default:
      return undefined;
  }
}
