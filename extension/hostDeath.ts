import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { isAlive } from './background/isAlive.ts';

interface Host {
  readonly pid: number;
  /** VS Code itself, or its server: as long as it lives, a host that is gone was not ended with it. */
  readonly parent: number;
}

/**
 * Whether the extension host of this window died, and this one was started in its place: one that ends by itself says so
 * beforehand. It says so in a file, for the window may be gone by then, and what is stored through it is lost.
 */
export class HostDeath {
  readonly #folder: string;
  readonly #file: string;

  /** @param folder the extension's own for the workspace; made where it is missing. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'extension-host.json');
  }

  /** Notes that this host lives; answers whether the one before it died. */
  replaced(): boolean {
    const before = this.#read();
    const now: Host = { pid: process.pid, parent: process.ppid };
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#file, JSON.stringify(now));
    return (
      before !== undefined && before.pid !== now.pid && before.parent === now.parent && !isAlive(before.pid)
    );
  }

  /** This host ends as it should. */
  endsWell(): void {
    if (this.#read()?.pid === process.pid) rmSync(this.#file, { force: true });
  }

  /** What the last host noted; nothing where it ended well, or was cut off in the middle of it. */
  #read(): Host | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as Host;
    } catch {
      return undefined;
    }
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
  open();
  await vscode.window.tabGroups.close(left);
  if (editor) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
}
