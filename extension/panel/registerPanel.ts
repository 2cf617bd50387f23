import { join } from 'node:path';
import * as vscode from 'vscode';
import { trainerFolder } from '../../trainer/protocol.ts';
import type { PanelPlace } from './messages.ts';
import { CompletionDocuments, completionScheme } from './openInEditor.ts';
import { ReaderClient } from './readerClient.ts';
import { type PanelParts, RewardLogPanel } from './rewardLogPanel.ts';

export const panelType = 'reinforce.rewardLog';

export interface PanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Keeps where somebody is in the panel, for this workspace. */
  readonly memory: vscode.Memento;
  /** The Node that the run reader is to run in. @throws Error with a sentence for people. */
  readonly node: () => string;
  /** What the trainer is doing, where it can be told. */
  readonly trainer?: {
    /** In words, such as "Step 12 of 40: sampling"; null when it does nothing. */
    readonly words: () => string | null;
    readonly onDidChange: vscode.Event<unknown>;
  };
}

/** The reward log: at most one panel, which survives reloads of the window. */
export interface RewardLog extends vscode.Disposable {
  /** Whether a panel is there that this extension host serves. */
  readonly isOpen: boolean;
  open(place?: PanelPlace): void;
  /** Opens one where somebody was in the one that an extension host left when it died. */
  openAgain(): void;
}

export function registerPanel({ extensionUri, log, memory, node, trainer }: PanelOptions): RewardLog {
  let shown: RewardLogPanel | undefined;
  const reader = new ReaderClient({
    node,
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'runReader.cjs').fsPath,
    onLog: (line) => log.info(line),
    onChange: (change) => shown?.tellChange(change),
  });
  const parts: PanelParts = {
    reader,
    extensionUri,
    log,
    memory,
    roots: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map(({ uri }) => join(uri.fsPath, trainerFolder, 'runs')),
    trainerWords: () => trainer?.words() ?? null,
  };
  const take = (panel: vscode.WebviewPanel, again = false) => {
    const taken = new RewardLogPanel(panel, parts, again);
    shown = taken;
    taken.onDidDispose(() => {
      if (shown === taken) shown = undefined;
    });
    return taken;
  };
  const newPanel = () => vscode.window.createWebviewPanel(panelType, 'Reinforce', vscode.ViewColumn.Active);
  const runFiles = vscode.workspace.createFileSystemWatcher(`**/${trainerFolder}/runs/*/run.json`);
  const tellRuns = () => {
    shown?.tellRuns().catch((error: unknown) => log.warn(`Listing runs: ${error}`));
  };
  // Stays registered, and the panel open, when the extension ends: what a window forgets while it is being reloaded is lost.
  vscode.window.registerWebviewPanelSerializer(panelType, {
    deserializeWebviewPanel: async (panel) => {
      if (shown) panel.dispose();
      else take(panel);
    },
  });
  const parted: vscode.Disposable[] = [
    vscode.workspace.registerTextDocumentContentProvider(completionScheme, new CompletionDocuments(reader)),
    runFiles,
    runFiles.onDidCreate(tellRuns),
    runFiles.onDidChange(tellRuns),
    runFiles.onDidDelete(tellRuns),
    vscode.workspace.onDidChangeWorkspaceFolders(tellRuns),
    ...(trainer ? [trainer.onDidChange(() => shown?.tellTrainer())] : []),
    { dispose: () => reader[Symbol.dispose]() },
  ];
  return {
    get isOpen() {
      return shown !== undefined;
    },
    open: (place) => (shown ?? take(newPanel())).show(place),
    openAgain: () => (shown ?? take(newPanel(), true)).show(undefined),
    dispose: () => {
      for (const part of parted) part.dispose();
    },
  };
}
