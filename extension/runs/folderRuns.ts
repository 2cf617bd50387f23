import * as vscode from 'vscode';
import { trainerFolder } from '../../trainer/protocol.ts';
import type { Trainers } from '../background/trainers.ts';
import { type FoundAdapter, type FoundRun, findRuns } from './runFiles.ts';

/** Files are written in bursts: read once they have been. */
const settleMilliseconds = 300;

export interface FolderRun extends FoundRun {
  readonly folder: vscode.WorkspaceFolder;
}

/** The runs of all open folders, read again when they change. */
export class FolderRuns implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[] = [];
  #runs: readonly FolderRun[] = [];
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(trainers: Trainers) {
    const files = vscode.workspace.createFileSystemWatcher(
      `**/${trainerFolder}/runs/*/{run.json,best/about.json,**/scores.json}`,
    );
    const soon = () => this.#soon();
    this.#subscriptions.push(
      files,
      files.onDidCreate(soon),
      files.onDidChange(soon),
      files.onDidDelete(soon),
      trainers.onDidChange(soon),
      trainers.onDidChangeFolders(soon),
      vscode.workspace.onDidChangeWorkspaceFolders(soon),
    );
  }

  /** Newest first. */
  get all(): readonly FolderRun[] {
    return this.#runs;
  }

  get adapters(): readonly FoundAdapter[] {
    return this.#runs.flatMap(({ adapters }) => adapters);
  }

  /** The newest run of a folder that can be gone on with. */
  resumableIn(folder: vscode.Uri): FolderRun | undefined {
    return this.#runs.find((run) => run.folder.uri.toString() === folder.toString() && isResumable(run));
  }

  /** Reads what is there now. */
  refresh(): Promise<void> {
    // One at a time, or an older answer could come after a newer one.
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, settleMilliseconds);
  }

  async #read(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const found = await Promise.all(
      folders.map(async (folder) => (await findRuns(folder.uri.fsPath)).map((run) => ({ ...run, folder }))),
    );
    const runs = found.flat().sort((a, b) => b.created.localeCompare(a.created));
    const changed = JSON.stringify(runs) !== JSON.stringify(this.#runs);
    this.#runs = runs;
    if (changed) this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

export const isResumable = ({ state }: FoundRun): boolean =>
  state === 'stopped' || state === 'interrupted' || state === 'failed';
