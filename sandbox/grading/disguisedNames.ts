import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from '../tasks/findFunctions.ts';
import { nodesBetween } from './nodesBetween.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Methods that make another text of texts or numbers. */
const TEXT_MAKERS = words(`
  join concat replace replaceAll reverse fromCharCode fromCodePoint slice substring substr toLowerCase toUpperCase
  toLocaleLowerCase trim trimStart trimEnd repeat padStart padEnd at charAt normalize split reduce map atob raw
  decodeURIComponent decodeURI unescape toString`);
const FUNCTIONS = words('arrow_function function_expression function_declaration');

/**
 * The first member that a body names by a text which it puts together of nothing but its own literals, as in
 * `object[['con', 'structor'].join('')]`: whoever means no harm writes the name.
 */
export function disguisedName(root: Node, start: number, end: number): Node | undefined {
  const nodes = [...nodesBetween(root, start, end)];
  const values = valuesOf(nodes);
  return nodes.find((node) => {
    const name = nameIn(node);
    return name !== undefined && !isNumber(name) && !isSumOfTexts(name) && madeOfLiterals(name, values);
  });
}

/** What is computed by anything but adding is the position in a list. */
function isNumber(node: Node): boolean {
  return node.type === 'binary_expression' && node.childForFieldName('operator')?.text !== '+';
}

/** A long text over several lines, which can be read where it stands. */
function isSumOfTexts(node: Node): boolean {
  if (node.type === 'string') return true;
  return node.type === 'binary_expression' && present(node.namedChildren).every(isSumOfTexts);
}

function nameIn(node: Node): Node | undefined {
  if (node.type === 'subscript_expression') return node.childForFieldName('index') ?? undefined;
  return node.type === 'computed_property_name' ? (node.namedChildren[0] ?? undefined) : undefined;
}

/** Name → all that is given to it in these nodes: values, what is iterated, and what is added to it. */
function valuesOf(nodes: readonly Node[]): Map<string, Node[]> {
  const values = new Map<string, Node[]>();
  const give = (target: Node | null, value: Node | null) => {
    if (target && value) values.set(target.text, [...(values.get(target.text) ?? []), value]);
  };
  for (const node of nodes) {
    const field = (name: string) => node.childForFieldName(name);
    if (node.type === 'variable_declarator') give(field('name'), field('value'));
    else if (/^(augmented_)?assignment_expression$/.test(node.type)) {
      give(field('left'), node.type.startsWith('augmented') ? node : field('right'));
    } else if (node.type === 'for_in_statement') give(field('left'), field('right'));
    else if (node.type === 'function_declaration') give(field('name'), field('body'));
    if (!FUNCTIONS.has(node.type)) continue;
    // What a function of the body is given is told by its calls, which are looked at where they stand.
    for (const parameter of parametersOf(node)) give(parameter, parameter);
  }
  return values;
}

function parametersOf(fn: Node): Node[] {
  const single = fn.childForFieldName('parameter');
  const list = present(fn.childForFieldName('parameters')?.namedChildren ?? []);
  return (single ? [single] : list).map((each) => each.childForFieldName('pattern') ?? each);
}

/** Whether an expression depends on literals alone, a text among them or numbers made into one, and is no literal itself. */
function madeOfLiterals(expression: Node, values: ReadonlyMap<string, readonly Node[]>): boolean {
  let makesText = false;
  const seen = new Set<string>();
  const isConstant = (node: Node): boolean => {
    switch (node.type) {
      case 'string':
      case 'number':
      case 'regex':
      case 'comment':
        return true;
      case 'this':
        return false;
      case 'identifier': {
        if (
          /^(String|Array|Object|Number|Math|atob|decodeURIComponent|decodeURI|unescape)$/.test(node.text)
        ) {
          makesText ||= TEXT_MAKERS.has(node.text);
          return true;
        }
        if (seen.has(node.text)) return true;
        seen.add(node.text);
        const given = values.get(node.text);
        return given?.every((value) => value.id === node.id || isConstant(value)) ?? false;
      }
      case 'property_identifier':
        makesText ||= TEXT_MAKERS.has(node.text);
        return true;
      case 'template_substitution':
        makesText = true;
        break;
      case 'binary_expression':
        makesText ||= node.childForFieldName('operator')?.text === '+';
        break;
      case 'augmented_assignment_expression':
        makesText ||= node.childForFieldName('operator')?.text === '+=';
        break;
    }
    return present(node.namedChildren).every(isConstant);
  };
  return isConstant(expression) && makesText && hasText(expression, values);
}

/** Whether a text, or numbers of characters, go into it: counters alone make no name. */
function hasText(expression: Node, values: ReadonlyMap<string, readonly Node[]>): boolean {
  const seen = new Set<string>();
  const look = (node: Node): boolean => {
    if (node.type === 'string' || node.type === 'string_fragment') return /[a-z]/i.test(node.text);
    if (node.type === 'property_identifier' && /^from(CharCode|CodePoint)$/.test(node.text)) return true;
    if (node.type === 'identifier' && !seen.has(node.text)) {
      seen.add(node.text);
      if (values.get(node.text)?.some((value) => value.id !== node.id && look(value))) return true;
    }
    return present(node.namedChildren).some(look);
  };
  return look(expression);
}
