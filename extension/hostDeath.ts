import * as vscode from 'vscode';
import { isAlive } from './background/isAlive.ts';

const key = 'extensionHost';

interface Host {
  readonly pid: number;
  /** VS Code itself, or its server: as long as it lives, a host that is gone was not ended with it. */
  readonly parent: number;
}

/**
 * Whether the extension host of this window died, and this one was started in its place: one that ends by itself says so
 * beforehand.
 */
export class HostDeath {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Notes that this host lives; answers whether the one before it died. */
  async replaced(): Promise<boolean> {
    const before = this.#state.get<Host>(key);
    const now: Host = { pid: process.pid, parent: process.ppid };
    await this.#state.update(key, now);
    return (
      before !== undefined && before.pid !== now.pid && before.parent === now.parent && !isAlive(before.pid)
    );
  }

  /** This host ends as it should. */
  async endsWell(): Promise<void> {
    await this.#state.update(key, undefined);
  }
}

/**
 * Closes the panels that the host before left: their pages go on showing what they showed, and hear of nothing any more.
 * `open` makes a new one where there was one, behind the editor that a person is in.
 */
export async function reopenPanels(viewType: string, open: () => void): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const left = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType),
  );
  if (left.length === 0) return;
  const editor = vscode.window.activeTextEditor;
  await vscode.window.tabGroups.close(left);
  open();
  if (editor) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
}
