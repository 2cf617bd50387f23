import type { Node } from '@vscode/tree-sitter-wasm';
import { present } from '../tasks/findFunctions.ts';

/** The nodes of a tree that lie whole between two offsets, outer ones first. */
export function* nodesBetween(root: Node, start: number, end: number): Generator<Node> {
  if (root.endIndex <= start || root.startIndex >= end) return;
  if (root.startIndex >= start && root.endIndex <= end) yield root;
  for (const child of present(root.children)) yield* nodesBetween(child, start, end);
}
