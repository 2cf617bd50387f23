import * as vscode from 'vscode';

/** Something that the extension said or asked. */
export interface Said {
  readonly kind: 'information' | 'warning' | 'error' | 'choice' | 'input';
  readonly text: string;
  /** Buttons of a message, labels of a list. */
  readonly choices: readonly string[];
}

/** The label to choose, or the text to type; undefined to turn away. */
export type Answer = (said: Said) => string | undefined;

/** What the extension says while this lives, answered in place of a person. */
export class Conversation implements Disposable {
  readonly said: Said[] = [];
  readonly #answer: Answer;
  readonly #original = { ...vscode.window };
  readonly #waiting = new Set<() => void>();

  /** The extension sees the same `vscode.window` as its tests, which lie in its folder. */
  constructor(answer: Answer = () => undefined) {
    this.#answer = answer;
    const message =
      (kind: Said['kind']) =>
      async (text: string, ...more: unknown[]): Promise<unknown> => {
        const items = more.filter((item) => typeof item === 'string' || isTitled(item));
        return this.#choose(kind, text, items, (item) => (typeof item === 'string' ? item : item.title));
      };
    const list = async (
      given: readonly unknown[] | Thenable<readonly unknown[]>,
      options?: vscode.QuickPickOptions,
    ): Promise<unknown> => {
      const items = (await given).filter((item) => typeof item === 'string' || isLabelled(item));
      const label = (item: unknown) => (isLabelled(item) ? item.label : String(item));
      return this.#choose('choice', options?.title ?? options?.placeHolder ?? '', items, label);
    };
    const input = async (options?: vscode.InputBoxOptions): Promise<string | undefined> =>
      this.#say({ kind: 'input', text: options?.prompt ?? options?.title ?? '', choices: [] });
    const save = async (options?: vscode.SaveDialogOptions): Promise<vscode.Uri | undefined> => {
      const path = this.#say({ kind: 'input', text: options?.title ?? '', choices: [] });
      return path === undefined ? undefined : vscode.Uri.file(path);
    };
    Object.assign(vscode.window, {
      showSaveDialog: save,
      showInformationMessage: message('information'),
      showWarningMessage: message('warning'),
      showErrorMessage: message('error'),
      showQuickPick: list,
      showInputBox: input,
    });
  }

  /** Resolves with the first thing said that matches, now or later. */
  async hear(pattern: RegExp, seconds = 60): Promise<Said> {
    const signal = AbortSignal.timeout(1000 * seconds);
    for (;;) {
      const found = this.said.find(({ text }) => pattern.test(text));
      if (found) return found;
      await new Promise<void>((resolve, reject) => {
        this.#waiting.add(resolve);
        signal.addEventListener('abort', () => {
          const all = this.said.map(({ kind, text }) => `${kind}: ${text}`).join('\n');
          reject(new Error(`Nothing said matches ${pattern}. Said was:\n${all}`));
        });
      });
    }
  }

  async #choose<Item>(
    kind: Said['kind'],
    text: string,
    items: readonly Item[],
    label: (item: Item) => string,
  ): Promise<Item | undefined> {
    const chosen = this.#say({ kind, text, choices: items.map(label) });
    return items.find((item) => label(item) === chosen);
  }

  #say(said: Said): string | undefined {
    this.said.push(said);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
    return this.#answer(said);
  }

  [Symbol.dispose](): void {
    const { showInformationMessage, showWarningMessage, showErrorMessage } = this.#original;
    const { showQuickPick, showInputBox, showSaveDialog } = this.#original;
    Object.assign(vscode.window, {
      showSaveDialog,
      showInformationMessage,
      showWarningMessage,
      showErrorMessage,
      showQuickPick,
      showInputBox,
    });
  }
}

function isTitled(item: unknown): item is vscode.MessageItem {
  return typeof item === 'object' && item !== null && 'title' in item;
}

function isLabelled(item: unknown): item is vscode.QuickPickItem {
  const labelled = typeof item === 'object' && item !== null && 'label' in item;
  return labelled && (item as vscode.QuickPickItem).kind !== vscode.QuickPickItemKind.Separator;
}
