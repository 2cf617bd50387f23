import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Node } from '@vscode/tree-sitter-wasm';

/** A function of a library, cut out with its doc comment. */
export interface CorpusFunction {
  readonly library: string;
  readonly text: string;
  /** Offset in `text` right after the `{` that opens the body. */
  readonly bodyStart: number;
  /** Offset of the `}` that closes the body. */
  readonly bodyEnd: number;
}

const require = createRequire(import.meta.url);
const longest = 25;

/** Every function of at most 25 lines in a library's unminified sources, each text once, in the order of the files. */
export async function functionsOf(directory: string, library: string): Promise<CorpusFunction[]> {
  const parse = await parsers();
  const files = await sources(join(directory, 'node_modules', library));
  const found = new Map<string, CorpusFunction>();
  for (const file of files) {
    const source = await readFile(file, 'utf8');
    if (source.length > 400_000 || minified(source)) continue;
    const tree = parse(source, /\.[cm]?tsx?$/.test(file));
    for (const node of functionNodes(tree)) {
      const cut = cutFunction(source, node);
      if (cut && !found.has(cut.text)) found.set(cut.text, { library, ...cut });
    }
  }
  return [...found.values()];
}

type Parse = (source: string, typescript: boolean) => Node;
let loading: Promise<Parse> | undefined;

function parsers(): Promise<Parse> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Parse> {
  const { Parser, Language } = require('@vscode/tree-sitter-wasm') as typeof import('@vscode/tree-sitter-wasm');
  const folder = dirname(require.resolve('@vscode/tree-sitter-wasm'));
  await Parser.init({ locateFile: (name: string) => join(folder, name) });
  const typescript = await Language.load(join(folder, 'tree-sitter-typescript.wasm'));
  const javascript = await Language.load(join(folder, 'tree-sitter-javascript.wasm'));
  const parser = new Parser();
  return (source, typed) => {
    parser.setLanguage(typed ? typescript : javascript);
    return parser.parse(source)!.rootNode;
  };
}

/** Source files, modules and TypeScript first, without tests, declarations, bundles and nested packages. */
async function sources(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  const wanted = all.filter((file) => /\.(?:[cm]?js|ts)$/.test(file) && !/\.d\.[cm]?ts$|\.min\.|(?:^|\/)(?:node_modules|tests?|__tests__|spec|cjs|umd|locale|benchmarks?|bin)\/|\.(?:test|spec|cjs)\./.test(file));
  return wanted.sort((a, b) => Number(/\.js$/.test(a)) - Number(/\.js$/.test(b)) || (a < b ? -1 : 1)).map((file) => join(folder, file));
}

function minified(source: string): boolean {
  const lines = source.split('\n');
  return source.length / lines.length > 120 || lines.some((line) => line.length > 2_000);
}

function* functionNodes(root: Node): Generator<Node> {
  for (const node of root.descendantsOfType(['function_declaration', 'lexical_declaration', 'export_statement'])) {
    if (!node) continue;
    const outer = node.parent?.type;
    if (outer === 'program' || (node.type === 'function_declaration' && outer === 'statement_block')) yield node;
  }
}

function cutFunction(source: string, node: Node): Omit<CorpusFunction, 'library'> | undefined {
  const inner = node.type === 'export_statement' ? (node.childForFieldName('declaration') ?? node.childForFieldName('value')) : node;
  const value = inner?.type === 'lexical_declaration' ? inner.namedChild(0)?.childForFieldName('value') : inner;
  if (!value || !['function_declaration', 'arrow_function', 'function_expression'].includes(value.type)) return undefined;
  if (inner?.type === 'lexical_declaration' && inner.namedChildCount > 1) return undefined;
  const body = value.childForFieldName('body');
  if (!body || body.type !== 'statement_block' || node.hasError) return undefined;
  const before = node.previousNamedSibling;
  const touching = before?.type === 'comment' && /^\s*$/.test(source.slice(before.endIndex, node.startIndex)) && source.slice(before.endIndex, node.startIndex).split('\n').length <= 2;
  const doc = touching ? shortDoc(before.text) : '';
  const column = node.startPosition.column;
  const code = dedent(source.slice(node.startIndex, node.endIndex), column);
  if (code.split('\n').length > longest || odd(code)) return undefined;
  const head = dedent(source.slice(node.startIndex, body.startIndex), column);
  const text = `${doc}${code}\n`;
  const bodyStart = doc.length + head.length + 1;
  const bodyEnd = doc.length + dedent(source.slice(node.startIndex, body.endIndex), column).length - 1;
  if (text[bodyStart - 1] !== '{' || text[bodyEnd] !== '}' || bodyEnd - bodyStart < 10) return undefined;
  return { text, bodyStart, bodyEnd };
}

/** The first sentence of a doc comment and its tags' lines, without examples and links. */
function shortDoc(comment: string): string {
  if (!comment.startsWith('/**')) return comment.startsWith('//') && comment.length < 100 ? `${comment}\n` : '';
  const lines = comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const description: string[] = [];
  for (const line of lines) {
    if (/^\s*@(?:description|desc)\b/.test(line)) description.push(line.replace(/^\s*@\w+\s*/, ''));
    else if (/^\s*@/.test(line)) {
      if (description.some(Boolean)) break;
    } else if (line.trim() === '' && description.some(Boolean)) break;
    else description.push(line);
  }
  const text = description.join(' ').replace(/\s+/g, ' ').trim();
  const sentence = /^.{10,160}?[.!?](?= |$)/.exec(text)?.[0] ?? (text.length <= 160 ? text : '');
  return sentence === '' || sentence.includes('*/') ? '' : `/** ${sentence.replace(/^[#*\- ]+/, '')} */\n`;
}

function dedent(code: string, column: number): string {
  return column === 0 ? code : code.replaceAll(new RegExp(`\\n[ \\t]{1,${column}}`, 'g'), '\n');
}

/** Compiled or engine-like styles, which teach a small model the wrong habits. */
function odd(code: string): boolean {
  return /\b_(?:curry|dispatchable|interop|class|typeof|createClass|define|super|inherits)|__esModule|arguments\[|prototype\.|require\(|exports\.|process\.|void 0|babel|webpack|\bglobalThis\b|yield|await |async /.test(code) || code.split('\n').some((line) => line.length > 120);
}
