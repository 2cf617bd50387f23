import * as vscode from 'vscode';
import { longestSuffix, windowStart } from './textWindow.ts';

/** The text before and after a position, from a line's start on. */
export function textAround(
  document: vscode.TextDocument,
  position: vscode.Position,
): { readonly prefix: string; readonly suffix: string } {
  const offset = document.offsetAt(position);
  const cut = windowStart(offset);
  const from = cut === 0 ? document.positionAt(0) : new vscode.Position(document.positionAt(cut).line + 1, 0);
  const start = from.isAfter(position) ? position.with({ character: 0 }) : from;
  const normal = (text: string) => text.replaceAll('\r\n', '\n');
  return {
    prefix: normal(document.getText(new vscode.Range(start, position))),
    suffix: normal(document.getText(new vscode.Range(position, document.positionAt(offset + longestSuffix)))),
  };
}

/** Characters in a document. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
