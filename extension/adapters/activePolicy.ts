import * as vscode from 'vscode';

/** What writes completions: a base model, with an adapter or without. */
export interface ActivePolicy {
  /** Directory (or file) of the base model; undefined for the embedded one. */
  readonly model: string | undefined;
  /** Directory of the adapter in PEFT's form; undefined for the base model alone. */
  readonly adapter: string | undefined;
  /** What a person reads, such as "2026-11-22T07-30-05, step 40". */
  readonly label: string;
}

const basePolicy: ActivePolicy = { model: undefined, adapter: undefined, label: 'base model' };
const key = 'policies';
const kept = 20;

/** The policy in use in this workspace, and those before it, newest first, so that one can go back. */
export class ActivePolicies implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<ActivePolicy>();
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  get current(): ActivePolicy {
    return this.#history()[0] ?? basePolicy;
  }

  /** What `rollBack` would return to; undefined when nothing came before. */
  get previous(): ActivePolicy | undefined {
    const [current, previous] = this.#history();
    return current && (previous ?? basePolicy);
  }

  async use(policy: ActivePolicy): Promise<void> {
    await this.#set([policy, ...this.#history()].slice(0, kept));
  }

  async rollBack(): Promise<void> {
    await this.#set(this.#history().slice(1));
  }

  async #set(history: readonly ActivePolicy[]): Promise<void> {
    await this.#state.update(key, history);
    this.#changed.fire(this.current);
  }

  #history(): readonly ActivePolicy[] {
    return this.#state.get<readonly ActivePolicy[]>(key, []);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
