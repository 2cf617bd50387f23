/** Follows suggestions after they were offered: accepted or dismissed, and what became of them in the document. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type CursorPlace, isTakenPart, leftOf } from './begunSuggestions.ts';
import type { CompletionRecord } from './recordLog.ts';
import { SurvivalWatch } from './survival.ts';

export const acceptedCommand = 'reinforce.completions.accepted';

export interface Offered {
  readonly id: string;
  readonly document: vscode.TextDocument;
  readonly place: CursorPlace;
  readonly text: string;
  /** Where the text goes. */
  readonly at: vscode.Position;
}

type Record = (document: vscode.TextDocument, record: CompletionRecord) => void;

export class Feedback implements vscode.Disposable {
  readonly #record: Record;
  readonly #learnFrom: (document: vscode.TextDocument) => boolean;
  readonly #survival: SurvivalWatch<Offered>;
  readonly #parts: vscode.Disposable[];
  /** The newest, until it is accepted or dismissed. */
  #open: Offered | undefined;

  constructor(record: Record, learnFrom: (document: vscode.TextDocument) => boolean) {
    this.#record = record;
    this.#learnFrom = learnFrom;
    this.#survival = new SurvivalWatch<Offered>(
      (uri, start, end) => {
        const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
        return document?.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
      },
      ({ accepted, seconds, survives, changed }) =>
        record(accepted.document, { event: 'survival', id: accepted.id, seconds, survives, changed }),
      { after: later },
    );
    this.#parts = [
      vscode.commands.registerCommand(acceptedCommand, (id: string) => this.#accepted(id)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const [change] = contentChanges;
        if (change && contentChanges.length === 1) this.#partlyTaken(document, change);
        this.#survival.changed(
          document.uri.toString(),
          contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
            at: rangeOffset,
            removed: rangeLength,
            inserted: text.length,
          })),
        );
      }),
    ];
  }

  /** A request at another place, or with other text, than the last suggestion goes on at: it was not wanted. */
  requestedAt(place: CursorPlace): void {
    const open = this.#open;
    if (!open || (leftOf(open.text, open.place, place) ?? open.place.prefix === place.prefix)) return;
    this.#open = undefined;
    this.#record(open.document, { event: 'dismissed', id: open.id });
  }

  /** Answers the id of the suggestion, which may be one that was offered already and has been typed a part of. */
  offered(suggestion: Omit<Offered, 'id'>): { readonly id: string; readonly isNew: boolean } {
    const before = this.#open;
    const left = before && leftOf(before.text, before.place, suggestion.place);
    const same = left?.text === suggestion.text || before?.text === suggestion.text;
    const id = before && same ? before.id : randomUUID().slice(0, 13);
    if (before && !same) this.#record(before.document, { event: 'dismissed', id: before.id });
    this.#open = { ...suggestion, id };
    return { id, isNew: !same };
  }

  /** No public API tells of a part that was accepted: it is seen by what was inserted, and where. */
  #partlyTaken(
    document: vscode.TextDocument,
    { rangeOffset, rangeLength, text: inserted }: vscode.TextDocumentContentChangeEvent,
  ): void {
    const open = this.#open;
    if (open?.document !== document || rangeLength > 0 || rangeOffset !== document.offsetAt(open.at)) return;
    const taken = inserted.replaceAll('\r\n', '\n');
    if (!isTakenPart(taken, open.text)) return;
    this.#record(document, { event: 'partly', id: open.id, characters: taken.length });
    this.#open = {
      ...open,
      text: open.text.slice(taken.length),
      at: document.positionAt(rangeOffset + inserted.length),
      place: { ...open.place, prefix: open.place.prefix + taken },
    };
  }

  #accepted(id: string): void {
    const open = this.#open;
    if (open?.id !== id) return;
    this.#open = undefined;
    const { document, place, text, at } = open;
    const around = this.#learnFrom(document) ? { prefix: place.prefix, suffix: place.suffix } : {};
    const about = {
      file: vscode.workspace.asRelativePath(document.uri, false),
      language: document.languageId,
    };
    this.#record(document, { event: 'accepted', id, ...about, text, ...around });
    // The editor has inserted the text with the line ends of the document.
    const inserted = document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\n', '\r\n') : text;
    this.#survival.accepted(document.uri.toString(), document.offsetAt(at), inserted, open);
  }

  dispose(): void {
    this.#survival[Symbol.dispose]();
    for (const part of this.#parts) part.dispose();
  }
}

function later(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
}
