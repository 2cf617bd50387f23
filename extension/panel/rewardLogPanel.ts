import * as vscode from 'vscode';
import type { RunChange, RunsCall } from '../../trainer/protocol.ts';
import type { Ask, HostMessage, PageMessage, PanelPlace } from './messages.ts';
import { openDiff, openTask } from './openInEditor.ts';
import { pageOf } from './page.ts';
import type { ReaderClient } from './readerClient.ts';

export interface PanelParts {
  readonly reader: ReaderClient;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** The `.reinforce/runs` of each folder that is open. */
  readonly roots: () => readonly string[];
  /** Keeps where somebody is in the page. */
  readonly memory: vscode.Memento;
  /** What the trainer is doing, in words; null when it does nothing. */
  readonly trainerWords: () => string | null;
}

const placeKey = 'rewardLog.at';

/**
 * One panel and its page. The page is thrown away whenever it is hidden; once it says that it is ready it gets the
 * list of runs, and asks for what it shows.
 */
export class RewardLogPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #parts: PanelParts;
  #ready = false;
  #followed: string | undefined;
  /** Where a command wants the page to be, until it can be told. */
  #place: PanelPlace | undefined;

  /** Whether the page is to be where somebody was in the one before. */
  #again: boolean;

  /** @param again the panel takes the place of one that its host left. */
  constructor(panel: vscode.WebviewPanel, parts: PanelParts, again = false) {
    this.#panel = panel;
    this.#again = again;
    this.#parts = parts;
    const dist = vscode.Uri.joinPath(parts.extensionUri, 'dist');
    const icon = (theme: string) => vscode.Uri.joinPath(parts.extensionUri, 'media', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.onDidReceiveMessage((message: PageMessage) => void this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#ready = false;
    });
    panel.onDidDispose(() => this.#follow(undefined));
    panel.webview.html = pageOf(panel.webview, dist);
    this.#startReader();
  }

  get onDidDispose(): vscode.Event<void> {
    return this.#panel.onDidDispose;
  }

  show(place: PanelPlace | undefined): void {
    this.#place = place;
    this.#panel.reveal();
    if (this.#ready) this.#tellPlace();
  }

  tellChange(change: RunChange): void {
    if (this.#ready && change.run === this.#followed) this.#tell({ type: 'changed', change });
  }

  tellTrainer(): void {
    if (this.#ready) this.#tell({ type: 'trainer', words: this.#parts.trainerWords() });
  }

  /** There may be other runs now. */
  async tellRuns(): Promise<void> {
    if (!this.#ready) return;
    const runs = await this.#parts.reader.ask('list', { roots: this.#parts.roots() });
    this.#tell({ type: 'runs', runs, trainer: this.#parts.trainerWords() });
  }

  /** While the page is being loaded, so that neither waits for the other. Who asks it is told what is wrong with it. */
  #startReader(): void {
    try {
      this.#parts.reader.start();
    } catch (error) {
      this.#parts.log.warn(`Starting the run reader: ${error}`);
    }
  }

  async #receive(message: PageMessage): Promise<void> {
    const { reader, log } = this.#parts;
    try {
      switch (message.type) {
        case 'ready':
          this.#ready = true;
          this.#tellWhereItWas();
          await this.tellRuns();
          this.#tellPlace();
          break;
        case 'ask':
          await this.#answer(message);
          break;
        case 'at':
          await this.#parts.memory.update(placeKey, message.state);
          break;
        case 'follow':
          this.#follow(message.run);
          break;
        case 'openTask':
          await openTask(reader, message.run, message.task);
          break;
        case 'openDiff':
          await openDiff(reader, message.run, message.row);
          break;
        case 'train':
          await vscode.commands.executeCommand('reinforce.train');
          break;
      }
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  /** The page shows a refusal itself. */
  async #answer({ id, call, asks }: Ask<RunsCall>): Promise<void> {
    try {
      this.#tell({ type: 'answer', id, answer: await this.#parts.reader.ask(call, asks) });
    } catch (error) {
      this.#tell({ type: 'refusal', id, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #follow(run: string | undefined): void {
    const { reader, log } = this.#parts;
    const note = (error: unknown) => log.warn(`Following a run: ${error}`);
    if (this.#followed !== undefined && this.#followed !== run) {
      reader.unfollow(this.#followed).catch(note);
    }
    this.#followed = run;
    if (run !== undefined) reader.follow(run).catch(note);
  }

  /** Once: a page that is made anew after it was hidden knows by itself. */
  #tellWhereItWas(): void {
    const state = this.#again ? this.#parts.memory.get(placeKey) : undefined;
    this.#again = false;
    if (state !== undefined) this.#tell({ type: 'restore', state });
  }

  #tellPlace(): void {
    if (this.#place) this.#tell({ type: 'show', place: this.#place });
    this.#place = undefined;
  }

  #tell(message: HostMessage): void {
    void this.#panel.webview.postMessage(message);
  }
}
