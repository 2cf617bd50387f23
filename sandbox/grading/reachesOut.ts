import { isBuiltin } from 'node:module';
import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTrees } from '../tasks/syntaxTrees.ts';
import type { Task } from '../tasks/task.ts';
import { importsOf, isDeclared } from './denylistJavaScript.ts';
import { nodesBetween } from './nodesBetween.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Globals that each context has for itself. All others are, or may be, one object for all contexts of a process. */
const OWN_GLOBALS = words(`
  Object Array String Number Boolean Symbol BigInt Math JSON Date RegExp Map Set WeakMap WeakSet Promise Intl Iterator
  Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError
  Infinity NaN undefined arguments parseInt parseFloat isNaN isFinite
  encodeURIComponent decodeURIComponent encodeURI decodeURI`);

/** Members that lead from an object to what others are made of. */
const WAYS_OUT = words(`
  constructor prototype __proto__ getPrototypeOf setPrototypeOf getOwnPropertyNames getOwnPropertyDescriptor
  getOwnPropertyDescriptors getOwnPropertySymbols defineProperty defineProperties prepareStackTrace`);

/** Methods that make a text of others, such as the name of a member. */
const TEXT_MAKERS = words(`
  join concat replace replaceAll reverse fromCharCode fromCodePoint slice substring substr toLowerCase toUpperCase
  toLocaleLowerCase trim trimStart trimEnd repeat padStart padEnd at charAt normalize split reduce`);

const PLAIN_FUNCTIONS = words('function_declaration function_expression generator_function_declaration');

/**
 * Whether a completion may change more than objects of its own context: by a global that a process has once, by a way
 * from an object to its kind, or by the name of a member that it makes itself. Most do not; one that does harms
 * nobody if it is the last that its process runs. Python is not looked at: there each run is a process.
 */
export function reachesOut(
  trees: SyntaxTrees,
  { language, prefix, suffix }: Pick<Task, 'language' | 'prefix' | 'suffix'>,
  body: string,
): boolean {
  if (language === 'python') return false;
  return trees.read(language, prefix + body + suffix, (root) => {
    const imported = importsOf(root);
    let makesText = false;
    let namesMembers = false;
    for (const node of nodesBetween(root, prefix.length, prefix.length + body.length)) {
      if (isWayOut(node, imported)) return true;
      makesText ||= makesTextAt(node);
      namesMembers ||= namesMemberAt(node);
      if (makesText && namesMembers) return true;
    }
    return false;
  });
}

function isWayOut(node: Node, imported: ReadonlyMap<string, string>): boolean {
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier': {
      if (isDeclared(node, node.text)) return false;
      const module = imported.get(node.text);
      if (module === undefined && OWN_GLOBALS.has(node.text)) return false;
      if (module !== undefined && !isBuiltin(module)) return false;
      // A module whose function is called is not changed by that.
      return !(isCalledMember(node) && (module !== undefined || node.text === 'console'));
    }
    case 'property_identifier':
      return WAYS_OUT.has(node.text) || node.text.includes('\\');
    case 'string_fragment':
      return WAYS_OUT.has(node.text);
    case 'this':
      return belongsToPlainFunction(node);
    case 'import':
      return true;
    default:
      return false;
  }
}

/** Whether this is the `path` of `path.join(…)`. */
function isCalledMember(node: Node): boolean {
  const member = node.parent;
  if (member?.type !== 'member_expression' || member.childForFieldName('object')?.id !== node.id)
    return false;
  return (
    member.parent?.type === 'call_expression' && member.parent.childForFieldName('function')?.id === member.id
  );
}

/** A function that is called as none of an object's has the global object for `this`, outside of strict code. */
function belongsToPlainFunction(node: Node): boolean {
  for (let scope = node.parent; scope; scope = scope.parent) {
    if (PLAIN_FUNCTIONS.has(scope.type)) return true;
    if (/^(method_definition|class_body|program)$/.test(scope.type)) return false;
  }
  return false;
}

function makesTextAt(node: Node): boolean {
  if (node.type === 'template_substitution' || node.type === 'escape_sequence') return true;
  if (node.type === 'property_identifier') return TEXT_MAKERS.has(node.text);
  return node.type === 'binary_expression' && /^(['"`])|\+\s*['"`]/.test(node.text);
}

function namesMemberAt(node: Node): boolean {
  if (node.type === 'computed_property_name') return true;
  const index = node.type === 'subscript_expression' ? node.childForFieldName('index') : null;
  return index !== null && !/^(number|string)$/.test(index.type);
}
