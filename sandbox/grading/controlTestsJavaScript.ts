import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from '../tasks/findFunctions.ts';
import type { Draw, WrittenTest } from './controlTests.ts';

const TESTS = new Set(['test', 'it', 'specify']);
const SUITES = new Set(['describe', 'suite', 'context']);
const FUNCTIONS = new Set(['arrow_function', 'function_expression']);
/** Assertions whose second argument is what is expected, and matchers whose only one is. */
const EQUALITIES = /(^|\.)(equal|strictEqual|deepEqual|deepStrictEqual|is|same|eql|equals)$/;
const MATCHERS = /^\.(?!.*\bnot\b)[\w.]*\b(toBe|toEqual|toStrictEqual|toHaveLength|equal|equals|eq|eql)$/;

interface Assertion {
  readonly expected: Node;
  /** The call without its arguments, with `expect(…)` made `expect(1)`. */
  readonly call: string;
  readonly arguments: 1 | 2;
}

/** Tests that are written as a call of `test` or `it` with a plain name, inside suites with plain names or none. */
export function javaScriptTests(root: Node): WrittenTest[] {
  return inBlock(root, []);
}

function inBlock(block: Node, suites: readonly string[]): WrittenTest[] {
  return present(block.namedChildren).flatMap((statement) => {
    if (statement.type !== 'expression_statement') return [];
    const expression = statement.namedChildren[0];
    const call = expression?.type === 'await_expression' ? expression.namedChildren[0] : expression;
    if (call?.type !== 'call_expression') return [];
    const callee = call.childForFieldName('function')?.text ?? '';
    const given = present(call.childForFieldName('arguments')?.namedChildren ?? []);
    const name = given[0] && plainText(given[0]);
    const body = given.find(({ type }) => FUNCTIONS.has(type))?.childForFieldName('body');
    if (name === undefined || body?.type !== 'statement_block') return [];
    if (SUITES.has(callee)) return inBlock(body, [...suites, name]);
    return TESTS.has(callee) ? [written(statement, callee, given[0]!, body, [...suites, name])] : [];
  });
}

function written(
  statement: Node,
  callee: string,
  name: Node,
  body: Node,
  path: readonly string[],
): WrittenTest {
  const assertion = lastAssertion(body);
  const { text, startIndex } = statement;
  const cut = (from: string, place: Place, by: string) =>
    from.slice(0, place.startIndex - startIndex) + by + from.slice(place.endIndex - startIndex);
  const expected = assertion?.expected;
  const places = expected && { name: placeOf(name), expected: placeOf(expected) };
  const perturbed = expected && perturbation(expected);
  const failing =
    assertion &&
    ((one: string, two: string) =>
      `${assertion.call}(${assertion.arguments === 2 ? `${one}, ` : ''}${two});`);
  return {
    path,
    end: statement.endIndex,
    // The expected value stands behind the name, so that replacing it first leaves the name where it was.
    negation:
      places && perturbed
        ? (other, draw) =>
            `\n;${cut(cut(text, places.expected, perturbed(draw)), places.name, quote(other))}\n`
        : undefined,
    canaries: [
      (other, { word }) => `\n;${callee}(${quote(other)}, () => { throw new Error(${quote(word)}); });\n`,
      ...(failing
        ? [
            (other: string, { number }: Draw) =>
              `\n;${callee}(${quote(other)}, () => { ${failing('1', `${number}`)} });\n`,
          ]
        : []),
    ],
  };
}

/** Nodes do not outlive their tree; their places do. */
type Place = Pick<Node, 'startIndex' | 'endIndex'>;

function placeOf({ startIndex, endIndex }: Node): Place {
  return { startIndex, endIndex };
}

function lastAssertion(body: Node): Assertion | undefined {
  return present(body.descendantsOfType('call_expression'))
    .map(assertionOf)
    .findLast((assertion) => assertion !== undefined);
}

function assertionOf(call: Node): Assertion | undefined {
  const fn = call.childForFieldName('function');
  const given = present(call.childForFieldName('arguments')?.namedChildren ?? []);
  if (!fn || given.some(({ type }) => type === 'spread_element')) return undefined;
  const expect = innermostCall(fn);
  if (expect?.childForFieldName('function')?.text === 'expect') {
    const matcher = fn.text.slice(expect.endIndex - fn.startIndex);
    if (given.length !== 1 || !MATCHERS.test(matcher)) return undefined;
    return { expected: given[0]!, call: `expect(1)${matcher}`, arguments: 1 };
  }
  if (given.length < 2 || !EQUALITIES.test(fn.text) || /^(t|ctx|context)\./.test(fn.text)) return undefined;
  const swapped = perturbation(given[0]!) !== undefined && given[1]!.type === 'call_expression';
  return { expected: given[swapped ? 0 : 1]!, call: fn.text, arguments: 2 };
}

/** The call at the root of `expect(…).to.be.equal`. */
function innermostCall(fn: Node): Node | undefined {
  let node: Node | null = fn;
  while (node?.type === 'member_expression') node = node.childForFieldName('object');
  return node?.type === 'call_expression' ? node : undefined;
}

/** How an expected value is changed into another of its kind; undefined for other expressions. */
function perturbation(node: Node): ((draw: Draw) => string) | undefined {
  const { text } = node;
  const isNumber = node.type === 'number' || (node.type === 'unary_expression' && /^-\s*[\d.]/.test(text));
  if (isNumber) {
    return ({ number }) =>
      text.endsWith('n') ? `(${text} * 3n + ${number}n)` : `(${text} * 3 + ${number}.25)`;
  }
  switch (node.type) {
    case 'string':
    case 'template_string':
      return ({ word }) => `(${text} + ${quote(word)})`;
    case 'true':
    case 'false':
      return () => `!${text}`;
    case 'null':
    case 'undefined':
      return ({ word }) => quote(word);
    case 'array':
      return ({ word }) => `[${quote(word)}, ${text.slice(1)}`;
    case 'object':
      return ({ word }) => `{ ${quote(word)}: 1, ${text.slice(1)}`;
    case 'identifier':
    case 'member_expression':
    case 'new_expression':
      return ({ word }) => `[${quote(word)}, ${text}]`;
    default:
      return undefined;
  }
}

function plainText(node: Node): string | undefined {
  const plain =
    node.type === 'string' ||
    (node.type === 'template_string' &&
      present(node.namedChildren).every(({ type }) => type === 'string_fragment'));
  return plain && !node.text.includes('\\') ? node.text.slice(1, -1) : undefined;
}

const quote = (text: string) => JSON.stringify(text);
