import * as vscode from 'vscode';
import { trainerFolder } from '../../trainer/protocol.ts';
import type { TrainerClient } from '../background/trainerClient.ts';
import type { Trainers } from '../background/trainers.ts';
import { type FoundAdapter, type FoundRun, findRuns } from './runFiles.ts';

/** Files are written in bursts: read once they have been. */
const settleMilliseconds = 300;

export interface FolderRun extends FoundRun {
  readonly folder: vscode.WorkspaceFolder;
}

/** The runs of all open folders, each read again when something of it changes. */
export class FolderRuns implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[] = [];
  #runs: readonly FolderRun[] = [];
  /** Directories of runs that are to be read again, though they had ended. */
  readonly #changedRuns = new Set<string>();
  /** What was last told of each trainer that matters to its runs, by folder. */
  readonly #told = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(trainers: Trainers) {
    const files = vscode.workspace.createFileSystemWatcher(
      `**/${trainerFolder}/runs/*/{run.json,best/about.json,**/scores.json}`,
    );
    const soon = () => this.#soon();
    const ofFile = ({ fsPath }: vscode.Uri) => {
      const [, run] = /^(.*[\\/]runs[\\/][^\\/]+)[\\/]/.exec(fsPath) ?? [];
      if (run !== undefined) this.#changedRuns.add(run);
      this.#soon();
    };
    this.#subscriptions.push(
      files,
      files.onDidCreate(ofFile),
      files.onDidChange(ofFile),
      files.onDidDelete(ofFile),
      trainers.onDidChange((client) => this.#onTrainer(client)),
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

  /** Reads all that is there now. */
  refresh(): Promise<void> {
    return this.#readNext(new Map());
  }

  /** A trainer tells its progress several times a second: only a step or an end changes what is on disk. */
  #onTrainer({ folder, state }: TrainerClient): void {
    const { run, step, activity, lastEnd } = state ?? {};
    const told = [run?.path, step, activity, lastEnd?.time].join();
    if (this.#told.get(folder.uri.toString()) === told) return;
    this.#told.set(folder.uri.toString(), told);
    for (const path of [run?.path, lastEnd?.run]) if (path !== undefined) this.#changedRuns.add(path);
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const ended = this.#runs.filter((run) => isEnded(run) && !this.#changedRuns.has(run.directory));
      this.#changedRuns.clear();
      void this.#readNext(new Map(ended.map((run) => [run.directory, run])));
    }, settleMilliseconds);
  }

  #readNext(known: ReadonlyMap<string, FolderRun>): Promise<void> {
    // One at a time, or an older answer could come after a newer one.
    this.#reading = this.#reading.then(() => this.#read(known));
    return this.#reading;
  }

  async #read(known: ReadonlyMap<string, FolderRun>): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const found = await Promise.all(
      folders.map(async (folder) =>
        (await findRuns(folder.uri.fsPath, known)).map((run) => ({ ...run, folder })),
      ),
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

/** Nobody writes to it any more, unless it is resumed. */
const isEnded = ({ state }: FoundRun): boolean => state !== 'running' && state !== 'interrupted';
