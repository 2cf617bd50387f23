import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from '../tasks/findFunctions.ts';
import { nodesBetween } from './nodesBetween.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names that lead out of the function, unless it binds them itself. */
const NAMES = words(`
  sys os inspect builtins gc ctypes importlib subprocess socket signal threading multiprocessing atexit traceback
  pytest unittest _pytest __builtins__ __import__ __loader__ __spec__ __file__ eval exec compile globals locals vars
  open input breakpoint exit quit setattr delattr SystemExit KeyboardInterrupt GeneratorExit BaseException`);

/** Attributes and methods that reach into objects, frames and comparison. */
const ATTRIBUTES = words(`
  __class__ __bases__ __base__ __mro__ __subclasses__ __globals__ __builtins__ __code__ __closure__ __dict__ __import__
  __loader__ __spec__ __getattribute__ __getattr__ __setattr__ __delattr__ __reduce__ __reduce_ex__ __eq__ __ne__
  __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __del__ __instancecheck__ __subclasshook__ __init_subclass__
  __class_getitem__ __contains__ __len__
  f_back f_globals f_locals f_code f_builtins tb_frame tb_next gi_frame cr_frame ag_frame`);

/** Modules that only compute. */
const HARMLESS_MODULES = words(`
  math cmath re string itertools functools collections operator datetime typing json random decimal fractions
  statistics textwrap heapq bisect copy dataclasses enum abc time unicodedata calendar hashlib base64 html struct array
  numbers contextlib zlib binascii uuid ipaddress difflib pprint urllib __future__`);

/** Everything between two offsets that reaches beyond a function, as it would be written. */
export function pythonMarks(root: Node, start: number, end: number): Set<string> {
  const imported = importsOf(root, start, end);
  const marks = new Set<string>();
  for (const node of nodesBetween(root, start, end)) markNode(node, imported, marks);
  return marks;
}

function markNode(node: Node, imported: ReadonlyMap<string, string>, marks: Set<string>): void {
  switch (node.type) {
    case 'identifier': {
      const name = node.text.normalize('NFKC'); // As Python reads identifiers.
      if (ATTRIBUTES.has(name)) marks.add(name);
      else if (isAttribute(node) || isKeyword(node)) break;
      else if (NAMES.has(imported.get(name) ?? '') && !isBound(node, name)) marks.add(name);
      else if (NAMES.has(name) && !isBound(node, name)) marks.add(name);
      break;
    }
    case 'string_content':
      if (ATTRIBUTES.has(node.text)) marks.add(`"${node.text}"`);
      break;
    case 'import_statement':
    case 'import_from_statement':
      for (const module of modulesOf(node)) {
        if (!HARMLESS_MODULES.has(module) && !new Set(imported.values()).has(module))
          marks.add(`import ${module}`);
        if (NAMES.has(module)) marks.add(`import ${module}`);
      }
      break;
    case 'assignment':
    case 'augmented_assignment': {
      const left = node.childForFieldName('left');
      const first = left?.text.split('.')[0] ?? '';
      if (left?.type === 'attribute' && imported.has(first) && !isBound(node, first))
        marks.add(`${left.text} =`);
      break;
    }
    case 'global_statement':
      marks.add(node.text);
  }
}

/** Names that import statements outside of the body bind → the first part of their module's name. */
function importsOf(root: Node, start: number, end: number): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of present(root.namedChildren)) {
    if (!/^import_(from_)?statement$/.test(statement.type)) continue;
    if (statement.startIndex >= start && statement.endIndex <= end) continue;
    const [module] = modulesOf(statement);
    for (const imported of present(statement.childrenForFieldName('name'))) {
      const alias = imported.childForFieldName('alias')?.text;
      const name = alias ?? imported.text.split('.')[0]!;
      names.set(name, statement.type === 'import_statement' ? imported.text.split(/[. ]/)[0]! : module!);
    }
  }
  return names;
}

/** First parts of the modules' names: `os` of `os.path`; a relative module as it is. */
function modulesOf(statement: Node): string[] {
  const from = statement.childForFieldName('module_name')?.text;
  const modules =
    from === undefined ? present(statement.childrenForFieldName('name')).map(({ text }) => text) : [from];
  return modules.map((module) => (module.startsWith('.') ? module : module.split(/[. ]/)[0]!));
}

const isAttribute = (node: Node) =>
  node.parent?.type === 'attribute' && node.parent.childForFieldName('attribute')?.id === node.id;

const isKeyword = (node: Node) =>
  node.parent?.type === 'keyword_argument' && node.parent.childForFieldName('name')?.id === node.id;

/** Whether one of the functions around a node binds this name: as a parameter, or by assigning to it anywhere. */
function isBound(node: Node, name: string): boolean {
  for (let scope = node.parent; scope; scope = scope.parent) {
    if (scope.type === 'module' || scope.type === 'function_definition' || scope.type === 'lambda') {
      const parameters = scope.childForFieldName('parameters');
      if (parameters && present(parameters.namedChildren).some((each) => nameOfParameter(each) === name))
        return true;
      const body = scope.type === 'module' ? scope : scope.childForFieldName('body');
      if (body && assigns(body, name)) return true;
    }
  }
  return false;
}

function nameOfParameter(parameter: Node): string | undefined {
  const name = parameter.childForFieldName('name') ?? parameter;
  return /\w+/.exec(name.text)?.[0];
}

/** Whether a statement of this block, or of blocks inside, binds a name; functions inside have their own names. */
function assigns(block: Node, name: string): boolean {
  return present(block.namedChildren).some((child) => {
    if (child.type === 'function_definition' || child.type === 'class_definition') {
      return child.childForFieldName('name')?.text === name;
    }
    if (child.type === 'assignment' || child.type === 'for_statement') {
      const left = child.childForFieldName('left');
      const targets = !left
        ? []
        : /^(pattern_list|tuple_pattern|list_pattern)$/.test(left.type)
          ? present(left.namedChildren)
          : [left];
      if (targets.some((target) => target.type === 'identifier' && target.text === name)) return true;
    }
    return child.type !== 'lambda' && assigns(child, name);
  });
}
