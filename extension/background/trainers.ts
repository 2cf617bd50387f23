import * as vscode from 'vscode';
import type { TrainerState } from '../../trainer/protocol.ts';
import { TrainerClient, type TrainerClientOptions } from './trainerClient.ts';

type Parts = Omit<TrainerClientOptions, 'folder'>;

/** The trainers of the folders that are open. In a workspace that is not trusted there are none. */
export class Trainers implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #clients = new Map<string, TrainerClient>();
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #changed = new vscode.EventEmitter<TrainerClient>();
  readonly #died = new vscode.EventEmitter<{ client: TrainerClient; last: TrainerState }>();
  readonly #foldersChanged = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly onDidDie = this.#died.event;
  readonly onDidChangeFolders = this.#foldersChanged.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.update()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.update()),
    );
  }

  get all(): readonly TrainerClient[] {
    return [...this.#clients.values()];
  }

  /** The one to show: what is at work before what is not. */
  get shown(): TrainerClient | undefined {
    return this.all.find(({ state }) => state?.activity !== undefined) ?? this.all[0];
  }

  of(folder: vscode.Uri): TrainerClient | undefined {
    return this.#clients.get(folder.toString());
  }

  /** Makes it fit the folders that are open, and attaches to trainers that run already. */
  async update(): Promise<void> {
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    const local = folders.filter(({ uri }) => uri.scheme === 'file');
    const wanted = new Set(local.map(({ uri }) => uri.toString()));
    for (const [key, client] of this.#clients) {
      if (wanted.has(key)) continue;
      client.dispose();
      this.#clients.delete(key);
    }
    const fresh = local.filter(({ uri }) => !this.#clients.has(uri.toString()));
    for (const folder of fresh) {
      const client = new TrainerClient({ ...this.#parts, folder });
      client.onDidChange(() => this.#changed.fire(client));
      client.onDidDie((last) => this.#died.fire({ client, last }));
      this.#clients.set(folder.uri.toString(), client);
    }
    this.#foldersChanged.fire();
    await Promise.all(fresh.map(({ uri }) => this.of(uri)?.attachToRunning()));
  }

  dispose(): void {
    for (const part of [...this.#subscriptions, ...this.#clients.values()]) part.dispose();
    for (const emitter of [this.#changed, this.#died, this.#foldersChanged]) emitter.dispose();
  }
}
