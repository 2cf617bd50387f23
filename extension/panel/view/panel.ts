import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import type {
  EpisodeColumn,
  EpisodeDetail,
  EpisodeFilter,
  RunChange,
  RunSnapshot,
  RunSummary,
  TaskHistory,
} from '../../../trainer/protocol.ts';
import type { HostMessage, PanelPlace } from '../messages.ts';
import { compare } from './compare.ts';
import { type EpisodeActions, episode } from './episode.ts';
import type { EpisodeTable } from './episodeTable.ts';
import { filters } from './filters.ts';
import { group } from './group.ts';
import { Host } from './host.ts';
import { runChoice, tabList } from './navigation.ts';
import { overview } from './overview.ts';
import { button, icon, link } from './parts.ts';
import type { Counts } from './rowWindow.ts';
import { task, tasks } from './tasks.ts';
import { restoredState, tabOf, tabs, type View, type ViewState } from './viewState.ts';
import { looking, noRuns } from './welcome.ts';
import { episodesText, whole } from './wording.ts';

/** What a view shows besides the snapshot; asked for anew for each view. */
type Content =
  | { readonly kind: 'none' | 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'episode'; readonly detail: EpisodeDetail }
  | { readonly kind: 'group'; readonly tries: readonly EpisodeDetail[] }
  | { readonly kind: 'task'; readonly history: TaskHistory }
  | { readonly kind: 'compare'; readonly snapshots: readonly RunSnapshot[] };

/** A running run is asked for at most this often. */
const refreshMilliseconds = 1000;

/** The page: what it knows, where somebody is in it, and what that looks like. */
export class Panel {
  readonly #host = new Host((message) => this.#receive(message));
  readonly #root: HTMLElement;
  #state: ViewState = restoredState(this.#host.kept);
  #runs: readonly RunSummary[] | undefined;
  #trainer: string | null = null;
  #snapshot: RunSnapshot | undefined;
  #content: Content = { kind: 'none' };
  #failure: string | undefined;
  /** Of episodes; undefined until the first rows have come. */
  #counts: Counts | undefined;
  /** Numbers the views, so that an answer that comes too late is known. */
  #visit = 0;
  #refreshing: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#render();
    this.#host.tell({ type: 'ready' });
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'restore':
        this.#change(restoredState(message.state));
        break;
      case 'runs':
        this.#trainer = message.trainer;
        this.#takeRuns(message.runs);
        break;
      case 'changed':
        this.#takeChange(message.change);
        break;
      case 'trainer':
        this.#takeTrainer(message.words);
        break;
      case 'show':
        this.#show(message.place);
        break;
    }
  }

  #takeTrainer(words: string | null): void {
    const ended = this.#trainer !== null && words === null;
    this.#trainer = words;
    if (ended) void this.#refresh();
    this.#render();
  }

  #takeRuns(runs: readonly RunSummary[]): void {
    const first = this.#runs === undefined;
    this.#runs = runs;
    const readable = runs.flatMap((summary) => (summary.kind === 'run' ? [summary.run] : []));
    const { run } = this.#state;
    if (run === null || !readable.includes(run)) this.#choose(readable[0] ?? null);
    else if (first) this.#enter();
    else this.#takeState(runs.find((summary) => summary.run === run));
    this.#render();
  }

  #takeState(summary: RunSummary | undefined): void {
    const state = summary?.kind === 'run' ? summary.info.state : undefined;
    if (state === this.#snapshot?.info.state) this.#refreshSoon();
    else void this.#refresh();
  }

  #takeChange({ run, indexed, state }: RunChange): void {
    if (run !== this.#state.run) return;
    // An end is shown at once; and while a large run is being opened, what is known grows fast.
    if (indexed < 1 || state !== this.#snapshot?.info.state) void this.#refresh();
    else this.#refreshSoon();
  }

  #show({ run, view }: PanelPlace): void {
    if (run !== undefined) this.#choose(run);
    if (view !== undefined) this.#go({ kind: view });
  }

  #choose(run: string | null): void {
    if (run === this.#state.run) return;
    const { view } = this.#state;
    const sameKind: View = view.kind === 'compare' ? view : { kind: tabOf(view) };
    this.#change({ run, view: sameKind, back: [], filter: {}, active: 0 });
    this.#snapshot = undefined;
    this.#counts = undefined;
    this.#enter();
  }

  /** Asks for what the present run and view show. */
  #enter(): void {
    const { run } = this.#state;
    if (run === null) return;
    this.#host.tell({ type: 'follow', run });
    void this.#refresh();
    void this.#load();
  }

  #refreshSoon(): void {
    this.#refreshing ??= setTimeout(() => void this.#refresh(), refreshMilliseconds);
  }

  async #refresh(): Promise<void> {
    clearTimeout(this.#refreshing);
    this.#refreshing = undefined;
    const { run } = this.#state;
    if (run === null) return;
    try {
      const snapshot = await this.#host.ask('snapshot', { run });
      if (run !== this.#state.run) return;
      this.#snapshot = snapshot;
      this.#runs = this.#runs?.map((summary) =>
        summary.kind === 'run' && summary.run === run ? { ...summary, info: snapshot.info } : summary,
      );
      this.#failure = undefined;
      this.#table?.renew();
      if (this.#state.view.kind === 'task' || this.#content.kind === 'failed') void this.#load();
    } catch (error) {
      this.#failure = sentence(error);
    }
    this.#render();
  }

  async #load(): Promise<void> {
    const { view } = this.#state;
    const visit = ++this.#visit;
    if (this.#content.kind !== view.kind) this.#content = { kind: 'loading' };
    this.#render();
    const content = await this.#contentOf(view).catch(
      (error: unknown): Content => ({ kind: 'failed', reason: sentence(error) }),
    );
    if (visit !== this.#visit) return;
    const first = this.#content.kind === 'loading';
    this.#content = content;
    this.#render();
    if (first) this.#root.querySelector<HTMLElement>('#title')?.focus();
  }

  async #contentOf(view: View): Promise<Content> {
    const { run } = this.#state;
    if (run === null) return { kind: 'none' };
    const host = this.#host;
    switch (view.kind) {
      case 'episode':
        return { kind: 'episode', detail: await host.ask('episode', { run, row: view.row }) };
      case 'group':
        return { kind: 'group', tries: await host.ask('group', { run, group: view.group }) };
      case 'task':
        return { kind: 'task', history: await host.ask('task', { run, task: view.task }) };
      case 'compare':
        return {
          kind: 'compare',
          snapshots: await Promise.all(this.#compared.map((other) => host.ask('snapshot', { run: other }))),
        };
      default:
        return { kind: 'none' };
    }
  }

  #change(change: Partial<ViewState>): void {
    this.#state = { ...this.#state, ...change };
    this.#host.keep(this.#state);
    this.#host.tell({ type: 'at', state: this.#state });
  }

  /** To a view that Back leads away from again. */
  #into(view: View): void {
    const { back } = this.#state;
    this.#change({ view, back: [...back, this.#state.view] });
    this.#content = { kind: 'loading' };
    void this.#load();
  }

  /** To a view in place of the present one. */
  #go(view: View, back: readonly View[] = []): void {
    this.#change({ view, back });
    this.#content = { kind: 'loading' };
    void this.#load();
  }

  #goBack(): void {
    const { back } = this.#state;
    this.#go(back.at(-1) ?? { kind: tabOf(this.#state.view) }, back.slice(0, -1));
    if (this.#state.view.kind === 'episodes') this.#table?.focusActive();
  }

  #filter(change: { readonly [Field in keyof EpisodeFilter]: EpisodeFilter[Field] | undefined }): void {
    const filter = { ...this.#state.filter, ...change };
    const fields = Object.entries(filter).filter(([, value]) => value !== undefined);
    this.#change({ filter: Object.fromEntries(fields) as EpisodeFilter, active: 0 });
    this.#render();
  }

  #sort(by: EpisodeColumn): void {
    const { sort } = this.#state;
    this.#change({ sort: { by, descending: sort.by === by && !sort.descending }, active: 0 });
    this.#render();
  }

  /** Without a choice the two newest. */
  get #compared(): readonly string[] {
    const readable = (this.#runs ?? []).filter(({ kind }) => kind === 'run').map(({ run }) => run);
    return this.#state.compared?.filter((run) => readable.includes(run)) ?? readable.slice(0, 2);
  }

  get #table(): EpisodeTable | null {
    return this.#root.querySelector('episode-table');
  }

  #render(): void {
    render(this.#page(), this.#root);
  }

  #page(): TemplateResult {
    if (this.#runs === undefined) return looking();
    const { run, view } = this.#state;
    if (run === null) return noRuns(this.#runs, () => this.#host.tell({ type: 'train' }));
    const isDetail = !tabs.some((tab) => tab === view.kind);
    return html`<header class="top">
        <h1 class="spoken">Reinforce</h1>
        ${runChoice(this.#runs, run, (chosen) => this.#choose(chosen))}
        ${tabList(tabOf(view), (tab) => this.#go({ kind: tab }))}
      </header>
      <main><div id="view" role="tabpanel" aria-labelledby="tab-${tabOf(view)}" class=${view.kind}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, isDetail)}>
        ${isDetail ? html`<div class="actions">${button(l10n.t('Back'), 'arrow-left', () => this.#goBack())}</div>` : nothing}
        ${this.#failure === undefined ? nothing : html`<p class="warning" role="alert">${icon('error')} ${this.#failure} ${link(l10n.t('Try again'), () => this.#enter())}</p>`}
        ${this.#snapshot === undefined ? html`<p class="empty" role="status">${l10n.t('Reading the run…')}</p>` : this.#view(this.#snapshot)}
      </div></main>`;
  }

  #onKey(event: KeyboardEvent, isDetail: boolean): void {
    if (isDetail && (event.key === 'Escape' || (event.key === 'ArrowLeft' && event.altKey))) {
      event.preventDefault();
      this.#goBack();
    }
  }

  #view(snapshot: RunSnapshot): TemplateResult {
    const { view } = this.#state;
    const content = this.#content;
    if (view.kind === 'overview') return overview(snapshot, this.#trainer);
    if (view.kind === 'episodes') return this.#episodes(snapshot);
    if (view.kind === 'tasks') return tasks(snapshot, (id) => this.#into({ kind: 'task', task: id }));
    if (content.kind === 'failed')
      return html`<p class="warning" role="alert">${icon('error')} ${content.reason}</p>`;
    if (view.kind === 'episode' && content.kind === 'episode') {
      return episode(content.detail, snapshot.episodes, this.#episodeActions);
    }
    if (view.kind === 'group' && content.kind === 'group') return group(content.tries, this.#episodeActions);
    if (view.kind === 'task' && content.kind === 'task') return task(content.history, this.#taskActions);
    if (view.kind === 'compare' && content.kind === 'compare') {
      return compare(this.#runs!, this.#compared, content.snapshots, (compared) => {
        this.#change({ compared });
        void this.#load();
      });
    }
    return html`<p class="empty" role="status">${l10n.t('Reading…')}</p>`;
  }

  #episodes(snapshot: RunSnapshot): TemplateResult {
    const { run, filter, sort } = this.#state;
    const source = {
      name: JSON.stringify([run, filter, sort]),
      sort,
      whenEmpty: whenEmpty(snapshot, filter),
      fetch: (offset: number, limit: number) =>
        this.#host.ask('episodes', { run: run!, query: { filter, sort, offset, limit } }),
    };
    const { total, episodes: all } = this.#counts ?? {};
    const shown = total === undefined ? l10n.t('Reading episodes…') : episodesText(total);
    const count = all === undefined || all === total ? shown : l10n.t('{0} of {1}', shown, whole(all));
    return html`${filters(
      snapshot,
      filter,
      (change) => this.#filter(change),
      () => this.#clearFilter(),
    )}
      <p class="count note" role="status">${snapshot.indexed < 1 ? l10n.t('{0}, more are being read', count) : count}</p>
      <episode-table
        .active=${this.#state.active}
        .source=${source}
        .onSort=${(by: EpisodeColumn) => this.#sort(by)}
        .onOpen=${({ row }: { row: number }) => this.#into({ kind: 'episode', row })}
        .onActive=${(active: number) => this.#change({ active })}
        .onCounts=${(counts: Counts) => this.#takeCounts(counts)}
        .onFailure=${(reason: string) => {
          this.#failure = reason;
          this.#render();
        }}></episode-table>`;
  }

  #takeCounts(counts: Counts): void {
    this.#counts = counts;
    this.#render();
  }

  #clearFilter(): void {
    this.#change({ filter: {}, active: 0 });
    this.#render();
  }

  readonly #episodeActions: EpisodeActions = {
    openTask: (id) => this.#openTask(id),
    openDiff: (row) => {
      const { run } = this.#state;
      if (run !== null) this.#host.tell({ type: 'openDiff', run, row });
    },
    showGroup: (name) => this.#into({ kind: 'group', group: name }),
    showTask: (id) => this.#into({ kind: 'task', task: id }),
    showEpisode: (row) =>
      this.#state.view.kind === 'episode'
        ? this.#go({ kind: 'episode', row }, this.#state.back)
        : this.#into({ kind: 'episode', row }),
  };

  readonly #taskActions = {
    openTask: (id: string) => this.#openTask(id),
    showEpisodes: (id: string) => {
      this.#change({ filter: { tasks: [id] }, active: 0 });
      this.#into({ kind: 'episodes' });
    },
    showGroup: (name: string) => this.#into({ kind: 'group', group: name }),
  };

  #openTask(id: string): void {
    const { run } = this.#state;
    if (run !== null) this.#host.tell({ type: 'openTask', run, task: id });
  }
}

function whenEmpty({ indexed, episodes }: RunSnapshot, filter: EpisodeFilter): string {
  if (indexed < 1) return l10n.t('Reading episodes…');
  if (episodes === 0 || Object.keys(filter).length === 0) return l10n.t('No task has been tried yet.');
  return l10n.t('No episode is like that: change the filter.');
}

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
