import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Node, Parser } from '@vscode/tree-sitter-wasm';
import { type FoundFunction, findFunctions } from './findFunctions.ts';
import { findPythonFunctions } from './findPythonFunctions.ts';
import { bodyFormOf, type Language, type Task } from './task.ts';

// Its wasm files lie beside it in node_modules, so it is never bundled.
const require = createRequire(import.meta.url);
const treeSitter: typeof import('@vscode/tree-sitter-wasm') = require('@vscode/tree-sitter-wasm');
const folder = dirname(require.resolve('@vscode/tree-sitter-wasm'));

/** The language of a file that tests can run, told by its name. The grammar of JavaScript knows JSX. */
export function languageOf(path: string): Language | undefined {
  if (/\.d\.[mc]?ts$/.test(path)) return undefined;
  if (/\.[mc]?ts$/.test(path)) return 'typescript';
  if (path.endsWith('.tsx')) return 'tsx';
  if (path.endsWith('.py')) return 'python';
  return /\.([mc]?js|jsx)$/.test(path) ? 'javascript' : undefined;
}

/** Parses the languages of tasks. Offsets are those of JavaScript strings. */
export class SyntaxTrees {
  readonly #parsers: Readonly<Record<Language, Parser>>;

  private constructor(parsers: Record<Language, Parser>) {
    this.#parsers = parsers;
  }

  /** Loads all grammars: about 100 ms. */
  static async load(): Promise<SyntaxTrees> {
    await treeSitter.Parser.init({ locateFile: (name: string) => join(folder, name) });
    const parser = async (language: Language) => {
      const grammar = await treeSitter.Language.load(join(folder, `tree-sitter-${language}.wasm`));
      return new treeSitter.Parser().setLanguage(grammar);
    };
    const [typescript, tsx, javascript, python] = await Promise.all([
      parser('typescript'),
      parser('tsx'),
      parser('javascript'),
      parser('python'),
    ]);
    return new SyntaxTrees({ typescript, tsx, javascript, python });
  }

  /** Gives the tree's root to `read`, and frees the tree afterwards: no node may be kept. */
  read<T>(language: Language, text: string, read: (root: Node) => T): T {
    const tree = this.#parsers[language].parse(text);
    if (tree === null) throw new Error('The parser gave no tree.');
    try {
      return read(tree.rootNode);
    } finally {
      tree.delete();
    }
  }

  /** The functions of a file, and whether it holds syntax that the parser does not know. */
  functionsOf(language: Language, text: string): { functions: FoundFunction[]; broken: boolean } {
    const find = language === 'python' ? findPythonFunctions : findFunctions;
    return this.read(language, text, (root) => ({ functions: find(root), broken: root.hasError }));
  }

  /**
   * Whether `body`, put into its function, is syntactically right and stays inside the function.
   * About 1 ms for a file of a hundred lines.
   */
  fits(task: Pick<Task, 'language' | 'prefix' | 'suffix'>, body: string): boolean {
    const { language, prefix, suffix } = task;
    return this.read(language, prefix + body + suffix, (root) => {
      if (root.hasError) return false;
      const form = bodyFormOf(task);
      if (form === 'python') return fitsPython(root, prefix, body);
      if (form === 'expression') return fitsArrow(root, prefix, body);
      const open = prefix.length - 1;
      const block = root.descendantForIndex(open, open + 1)?.parent;
      return block?.startIndex === open && block.endIndex === prefix.length + body.length + 1;
    });
  }
}

/** The arrow in front of it has this for its whole body. */
function fitsArrow(root: Node, prefix: string, body: string): boolean {
  const start = prefix.length + (/\S/.exec(body)?.index ?? 0);
  const end = prefix.length + body.trimEnd().length;
  let node = root.descendantForIndex(start, start);
  while (node && !(node.startIndex === start && node.endIndex === end)) node = node.parent;
  // A node may be all that there is of the one around it.
  while (node && node.parent?.startIndex === start && node.parent.endIndex === end) node = node.parent;
  return node?.parent?.type === 'arrow_function' && node.parent.childForFieldName('body')?.id === node.id;
}

/** The block that the body's first statement stands in begins after the header and ends with the body. */
function fitsPython(root: Node, prefix: string, body: string): boolean {
  const lead = /^(\s|#[^\n]*\n)*/.exec(body)![0].length;
  const end = prefix.length + body.trimEnd().length;
  if (prefix.length + lead >= end) return false;
  let block = root.descendantForIndex(prefix.length + lead, prefix.length + lead + 1);
  // A docstring is part of the block, though not of the body.
  while (block && !(block.type === 'block' && block.parent?.type === 'function_definition')) {
    block = block.parent;
  }
  if (!block) return false;
  const header = block.parent!;
  if (header.startIndex >= prefix.length) return false;
  // Comments at the end are no part of a block.
  const after = root.text.slice(block.endIndex, end);
  return block.endIndex === end || /^(\s*#[^\n]*)*\s*$/.test(after);
}
