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

const key = 'policies';
const kept = 20;

/** The policy in use in this workspace, and those before it, newest first, so that one can go back. */
export class ActivePolicies implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #baseModel: () => string | undefined;
  readonly #changed = new vscode.EventEmitter<ActivePolicy>();
  readonly onDidChange = this.#changed.event;

  /** @param baseModel what the base model is now, by its setting. */
  constructor(state: vscode.Memento, baseModel: () => string | undefined) {
    this.#state = state;
    this.#baseModel = baseModel;
  }

  get current(): ActivePolicy {
    return this.#ofNow(this.#history()[0]);
  }

  /** What `rollBack` would return to; undefined when nothing came before. */
  get previous(): ActivePolicy | undefined {
    const [current, previous] = this.#history();
    return current && this.#ofNow(previous);
  }

  async use(policy: ActivePolicy): Promise<void> {
    await this.#set([policy, ...this.#history()].slice(0, kept));
  }

  /** Uses the base model alone. */
  useBase(): Promise<void> {
    return this.use(this.#ofNow(undefined));
  }

  async rollBack(): Promise<void> {
    await this.#set(this.#history().slice(1));
  }

  /** The setting of the base model is another: matters where no adapter, which has a base of its own, is in use. */
  baseModelChanged(): void {
    if (this.current.adapter === undefined) this.#changed.fire(this.current);
  }

  #ofNow(policy: ActivePolicy | undefined): ActivePolicy {
    if (policy?.adapter !== undefined) return policy;
    return { model: this.#baseModel(), adapter: undefined, label: vscode.l10n.t('base model') };
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
