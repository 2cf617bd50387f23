import * as vscode from 'vscode';
import { lengthOf, textAround } from './documentPlace.ts';
import { acceptedCommand, type Feedback } from './feedback.ts';
import { isAnyEnabled, isEnabled } from './languages.ts';
import type { Outcome, WhyNothing } from './outcome.ts';
import { type CompletionSettings, completionSettings } from './settings.ts';
import type { Suggested, Suggester } from './suggester.ts';

/** Documents that a person writes; not the output, the terminal's, or those of version control. */
export const documentsToComplete: vscode.DocumentSelector = [
  { scheme: 'file' },
  { scheme: 'untitled' },
  { scheme: 'vscode-notebook-cell' },
  { scheme: 'vscode-vfs' },
];

/** What a request came to, for whoever records and shows it. `id` is the suggestion's, where it is a new one. */
export type OnOutcome = (document: vscode.TextDocument, outcome: Outcome, id?: string) => void;

export class CompletionProvider implements vscode.InlineCompletionItemProvider {
  readonly #suggester: Suggester;
  readonly #feedback: Feedback;
  readonly #onOutcome: OnOutcome;

  constructor(suggester: Suggester, feedback: Feedback, onOutcome: OnOutcome) {
    this.#suggester = suggester;
    this.#feedback = feedback;
    this.#onOutcome = onOutcome;
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    { triggerKind, selectedCompletionInfo: chosen }: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const settings = completionSettings(document);
    const why = obstacleIn(document, settings);
    if (why) {
      this.#onOutcome(document, { kind: 'nothing', why });
      return [];
    }
    const around = textAround(document, position);
    // With an entry of the list chosen, the editor shows only what goes on from that entry.
    const listed = chosen && chosenPrefix(document, position, chosen, around.prefix);
    const prefix = listed ?? around.prefix;
    const place = { document: document.uri.toString(), prefix, suffix: around.suffix };
    this.#feedback.requestedAt(place);
    const suggested = await this.#ask(document, { ...around, prefix }, settings, triggerKind, token);
    if (suggested.kind === 'nothing') {
      this.#onOutcome(document, suggested);
      return [];
    }
    const range = chosen
      ? new vscode.Range(chosen.range.start, position)
      : new vscode.Range(position, position.translate(0, suggested.overwrites));
    const text = chosen ? chosen.text + suggested.text : suggested.text;
    const { id, isNew } = this.#feedback.offered({ document, place, text: suggested.text, at: range.start });
    this.#onOutcome(document, suggested, isNew ? id : undefined);
    const item = new vscode.InlineCompletionItem(text, range);
    item.command = { title: 'Accepted', command: acceptedCommand, arguments: [id] };
    return [item];
  }

  async #ask(
    document: vscode.TextDocument,
    { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
    { multiLine, maxTokens }: CompletionSettings,
    triggerKind: vscode.InlineCompletionTriggerKind,
    token: vscode.CancellationToken,
  ): Promise<Suggested> {
    const abort = new AbortController();
    if (token.isCancellationRequested) abort.abort();
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      return await this.#suggester.suggest(
        {
          document: document.uri.toString(),
          asked: triggerKind === vscode.InlineCompletionTriggerKind.Invoke,
          complete: {
            prefix,
            suffix,
            language: document.languageId,
            file: document.uri.fsPath,
            singleLine: !multiLine,
            maxTokens,
          },
        },
        abort.signal,
      );
    } finally {
      listening.dispose();
    }
  }
}

/** Why there can be no suggestion in a document, if so. */
export function obstacleIn(
  document: vscode.TextDocument,
  { enabled, maxFileKilobytes }: CompletionSettings,
): Extract<WhyNothing, 'off' | 'language-off' | 'file-too-large'> | undefined {
  if (!isAnyEnabled(enabled)) return 'off';
  if (!isEnabled(enabled, document.languageId)) return 'language-off';
  return lengthOf(document) > maxFileKilobytes * 1000 ? 'file-too-large' : undefined;
}

/** The text before the cursor as if the chosen entry had been inserted. */
function chosenPrefix(
  document: vscode.TextDocument,
  position: vscode.Position,
  { range, text }: vscode.SelectedCompletionInfo,
  prefix: string,
): string {
  const replaced = document.getText(new vscode.Range(range.start, position)).length;
  return prefix.slice(0, prefix.length - replaced) + text;
}
