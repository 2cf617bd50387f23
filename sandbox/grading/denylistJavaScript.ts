import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from '../tasks/findFunctions.ts';
import { disguisedName } from './disguisedNames.ts';
import { nodesBetween } from './nodesBetween.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names that lead out of the function, unless something else of that name is declared around them. */
const GLOBALS = words(`
  process globalThis global window require module exports __filename __dirname eval Function AsyncFunction
  Proxy Reflect Atomics SharedArrayBuffer WebAssembly Worker fetch WebSocket EventSource XMLHttpRequest navigator
  FinalizationRegistry WeakRef
  test it describe suite expect assert vi jest vitest before beforeEach beforeAll after afterEach afterAll`);

/** Harmless members of the list above, in a function that uses them: they are only held against new uses. */
const PROPERTIES = words(`
  constructor __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ prepareStackTrace captureStackTrace
  stackTraceLimit setPrototypeOf defineProperty defineProperties callee caller mainModule getBuiltinModule binding
  asymmetricMatch $$typeof toPrimitive hasInstance toStringTag species`);

/** Keys that decide what an object is equal to. */
const KEYS = words('valueOf toString toJSON then');

/** Modules whose bindings reach outside, by whatever name the file imports them. */
const MODULES = words(`
  fs fs/promises child_process net http https http2 dgram dns tls cluster worker_threads vm v8 inspector module repl
  process os async_hooks perf_hooks diagnostics_channel wasi trace_events test vitest @jest/globals mocha chai`);

const FUNCTIONS = words(`
  function_declaration generator_function_declaration function_expression generator_function arrow_function
  method_definition`);
const DECLARATIONS = words('lexical_declaration variable_declaration');
const NAMED_DECLARATIONS = words(
  'function_declaration generator_function_declaration class_declaration abstract_class_declaration enum_declaration',
);

/** Everything between two offsets that reaches beyond a function, as it would be written. */
export function javaScriptMarks(root: Node, start: number, end: number): Set<string> {
  const imported = importsOf(root);
  const marks = new Set<string>();
  for (const node of nodesBetween(root, start, end)) markNode(node, imported, marks);
  const disguised = disguisedName(root, start, end);
  if (disguised) marks.add(disguised.text.replace(/\s+/g, ' '));
  return marks;
}

function markNode(node: Node, imported: ReadonlyMap<string, string>, marks: Set<string>): void {
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier': {
      const name = plainName(node.text);
      const module = imported.get(name);
      const declared = () => isDeclared(node, name);
      if (module !== undefined && MODULES.has(module) && !declared()) marks.add(name);
      else if (GLOBALS.has(name) && module === undefined && !declared()) marks.add(name);
      break;
    }
    case 'property_identifier':
      if (PROPERTIES.has(plainName(node.text))) marks.add(`.${plainName(node.text)}`);
      break;
    case 'string':
    case 'binary_expression': {
      const text = constantText(node);
      if (text !== undefined && (PROPERTIES.has(text) || /^(node:)?(fs|child_process)$/.test(text)))
        marks.add(`'${text}'`);
      break;
    }
    case 'import':
      marks.add('import');
      break;
    case 'with_statement':
    case 'debugger_statement':
      marks.add(node.type.replace('_statement', ''));
      break;
    case 'pair':
    case 'method_definition': {
      const key = plainName((node.childForFieldName('key') ?? node.childForFieldName('name'))?.text ?? '');
      if (KEYS.has(key.replace(/^['"]|['"]$/g, ''))) marks.add(`${key}:`);
      break;
    }
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      markTarget(node.childForFieldName('left'), marks);
      break;
    case 'update_expression':
      markTarget(node.childForFieldName('argument'), marks);
      break;
    case 'unary_expression':
      if (node.text.startsWith('delete')) markTarget(node.childForFieldName('argument'), marks);
      break;
    case 'call_expression':
      if (
        /^Object\.(assign|freeze|seal|preventExtensions)$/.test(
          node.childForFieldName('function')?.text ?? '',
        )
      )
        markTarget(node.childForFieldName('arguments')?.namedChildren[0], marks, true);
      break;
  }
}

/** Changing what belongs to everybody: members of built-in objects, of prototypes and of imported modules. */
function markTarget(target: Node | null | undefined, marks: Set<string>, whole = false): void {
  if (!target) return;
  const members = target.type === 'member_expression' || target.type === 'subscript_expression';
  if (!members && !(whole && target.type === 'identifier')) return;
  const first = plainName(/^[\w$\\{}]+/.exec(target.text)?.[0] ?? '');
  // What nothing in the file declares is a built-in object, and what is imported belongs to its module.
  const foreign =
    /^[A-Za-z_$]/.test(first) && first !== 'this' && first !== 'super' && !isDeclared(target, first);
  if (foreign || /\.\s*prototype\b|\[\s*['"`]prototype/.test(target.text)) marks.add(`${target.text} =`);
}

/** Names that the file's import statements and top-level require calls bind → the module, without `node:`. */
export function importsOf(root: Node): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of present(root.namedChildren)) {
    const text = statement.text;
    const module =
      statement.type === 'import_statement'
        ? statement.childForFieldName('source')?.text.slice(1, -1)
        : /=\s*require\(\s*['"]([^'"]+)['"]\s*\)/.exec(text)?.[1];
    if (module === undefined || !/^(import|const|let|var)\b/.test(text)) continue;
    const bound = text.slice(0, text.search(/\bfrom\b|=\s*require|$/));
    for (const [name] of bound.matchAll(/[\w$]+/g)) names.set(name, module.replace(/^node:/, ''));
  }
  return names;
}

/** Whether a declaration in one of the scopes around a node, other than an import, binds this name. */
export function isDeclared(node: Node, name: string): boolean {
  for (let scope = node.parent; scope; scope = scope.parent) {
    if (FUNCTIONS.has(scope.type)) {
      const parameters = scope.childForFieldName('parameters') ?? scope.childForFieldName('parameter');
      if (parameters && binds(parameters, name)) return true;
    }
    if (scope.type === 'catch_clause' && bindsField(scope, 'parameter', name)) return true;
    if (/^for_(in_)?statement$/.test(scope.type)) {
      if (bindsField(scope, 'left', name) || declares(scope.childForFieldName('initializer'), name))
        return true;
    }
    if (scope.type !== 'statement_block' && scope.type !== 'program') continue;
    const declared = present(scope.namedChildren).some((statement) =>
      declares(statement.childForFieldName('declaration') ?? statement, name),
    );
    if (declared) return true;
  }
  return false;
}

function declares(statement: Node | null, name: string): boolean {
  if (!statement) return false;
  if (NAMED_DECLARATIONS.has(statement.type)) return statement.childForFieldName('name')?.text === name;
  if (!DECLARATIONS.has(statement.type)) return false;
  return present(statement.namedChildren).some(
    (binding) => bindsField(binding, 'name', name) && !/\brequire\s*\(/.test(binding.text),
  );
}

function bindsField(node: Node, field: string, name: string): boolean {
  const pattern = node.childForFieldName(field);
  return pattern !== null && binds(pattern, name);
}

/** Whether a pattern binds a name. What stands in default values and types binds nothing. */
function binds(pattern: Node, name: string): boolean {
  switch (pattern.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return pattern.text === name;
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return bindsField(pattern, 'left', name);
    case 'pair_pattern':
      return bindsField(pattern, 'value', name);
    case 'required_parameter':
    case 'optional_parameter':
      return bindsField(pattern, 'pattern', name);
    case 'formal_parameters':
    case 'object_pattern':
    case 'array_pattern':
    case 'rest_pattern':
      return present(pattern.namedChildren).some((child) => binds(child, name));
    default:
      return false;
  }
}

/** The text of a string, or of strings added up. */
function constantText(node: Node): string | undefined {
  if (node.type === 'string') return plainName(node.text.slice(1, -1));
  if (node.type !== 'binary_expression' || node.childForFieldName('operator')?.text !== '+') return undefined;
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const [before, after] = [left && constantText(left), right && constantText(right)];
  return before === undefined || before === null || after === undefined || after === null
    ? undefined
    : before + after;
}

/** `\u0061`, `\u{61}` and `\x61` are letters like any other. */
function plainName(name: string): string {
  return name.replace(/\\u\{([0-9a-f]+)\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, ...digits) =>
    String.fromCodePoint(
      Number.parseInt(
        digits.find((each) => each !== undefined),
        16,
      ),
    ),
  );
}
