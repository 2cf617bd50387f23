import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { EpisodeColumn, EpisodePage, EpisodeQuery, EpisodeRow } from '../../../trainer/protocol.ts';
import { icon } from './parts.ts';
import { type Counts, RowWindow, type VisibleRows } from './rowWindow.ts';
import { tableColumns } from './tableColumns.ts';

const rowHeight = 24;
/** Browsers place nothing reliably beyond some ten million pixels; a longer table scrolls by more than it moves. */
const tallest = 8_000_000;

export interface TableSource {
  /** Another source is told by another name. */
  readonly name: string;
  readonly sort: EpisodeQuery['sort'];
  /** What is said in the place of rows where there are none. */
  readonly whenEmpty: string;
  readonly fetch: (offset: number, limit: number) => Promise<EpisodePage>;
}

/**
 * A grid of any number of episodes. Its rows lie in a layer that stays in view while the space behind it scrolls, and
 * each stays painted until the one that takes its place has come: there is never a blank row.
 *
 * The keyboard is at one row, the only one in the tab order: arrows, Page Up and Down, Home and End move it, Enter
 * opens it.
 */
export class EpisodeTable extends HTMLElement {
  onSort: (by: EpisodeColumn) => void = () => {};
  onOpen: (row: EpisodeRow) => void = () => {};
  onActive: (place: number) => void = () => {};
  onCounts: (counts: Counts) => void = () => {};
  onFailure: (reason: string) => void = () => {};
  #source: TableSource | undefined;
  #window: RowWindow | undefined;
  #shown: VisibleRows = { first: 0, rows: [] };
  #counts: Counts | undefined;
  #active = 0;
  /** The active row is to have the focus as soon as it is there. */
  #focusing = false;
  readonly #resized = new ResizeObserver(() => this.#look());

  set source(source: TableSource) {
    const another = source.name !== this.#source?.name;
    this.#source = source;
    if (another) {
      this.#window?.close();
      this.#window = new RowWindow(
        (offset, limit) => this.#source!.fetch(offset, limit),
        (rows, counts) => this.#take(rows, counts),
        (reason) => this.onFailure(reason),
      );
      const scroller = this.#scroller;
      if (scroller && this.#total !== undefined) {
        this.#active = 0;
        scroller.scrollTop = 0;
      }
    }
    this.#render();
    this.#look();
  }

  /** The place of the row that the keyboard is at. */
  set active(place: number) {
    this.#active = place;
  }

  connectedCallback(): void {
    this.#render();
    this.#resized.observe(this);
  }

  disconnectedCallback(): void {
    this.#resized.disconnect();
    this.#window?.close();
  }

  /** There may be more rows now. */
  renew(): void {
    this.#window?.renew();
  }

  focusActive(): void {
    this.#focusing = true;
    this.#moveTo(this.#active);
  }

  get #total(): number | undefined {
    return this.#counts?.total;
  }

  get #scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.scroller');
  }

  /** Whole rows that fit below the header. */
  get #fitting(): number {
    return Math.max(1, Math.floor(((this.#scroller?.clientHeight ?? 0) - rowHeight) / rowHeight));
  }

  get #height(): number {
    return Math.min(tallest, (this.#total ?? 0) * rowHeight);
  }

  /** The row at the top, with a fraction where it is partly scrolled out. */
  get #top(): number {
    const scroller = this.#scroller;
    if (!scroller || this.#total === undefined) return this.#active;
    const travel = this.#height - (scroller.clientHeight - rowHeight);
    const rows = this.#total - (scroller.clientHeight - rowHeight) / rowHeight;
    return travel <= 0 ? 0 : (Math.min(scroller.scrollTop, travel) / travel) * Math.max(0, rows);
  }

  set #top(row: number) {
    const scroller = this.#scroller;
    if (!scroller || this.#total === undefined) return;
    const travel = this.#height - (scroller.clientHeight - rowHeight);
    const rows = this.#total - (scroller.clientHeight - rowHeight) / rowHeight;
    scroller.scrollTop = rows <= 0 ? 0 : (row / rows) * travel;
  }

  #look(): void {
    if (!this.#window || !this.isConnected) return;
    this.#window.want(Math.floor(this.#top), this.#fitting + 2);
    this.#place();
  }

  #take(rows: VisibleRows, counts: Counts): void {
    const before = this.#counts;
    const firstTime = before === undefined;
    this.#counts = counts;
    if (counts.total !== before?.total || counts.episodes !== before.episodes) this.onCounts(counts);
    this.#active = Math.max(0, Math.min(this.#active, counts.total - 1));
    this.#shown = rows;
    this.#render();
    // A panel that comes back after it was hidden begins where it was left.
    if (firstTime && this.#active > 0) this.#moveTo(this.#active);
    if (this.#focusing) this.#focusRow();
  }

  #moveTo(place: number): void {
    // Before the first rows have come nothing can be moved to; they come with the active one.
    if (this.#total === undefined) return;
    this.#active = Math.max(0, Math.min(place, this.#total - 1));
    this.onActive(this.#active);
    const fitting = this.#fitting;
    if (this.#active < this.#top) this.#top = this.#active;
    else if (this.#active + 1 > this.#top + fitting) this.#top = this.#active + 1 - fitting;
    this.#render();
    this.#look();
    if (this.#focusing) this.#focusRow();
  }

  #focusRow(): void {
    const row = this.querySelector<HTMLElement>(`[aria-rowindex="${this.#active + 2}"]`);
    if (!row) return;
    this.#focusing = false;
    row.focus({ preventScroll: true });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!(event.target as Element).closest('.body')) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + this.#fitting,
      PageUp: this.#active - this.#fitting,
      Home: 0,
      End: (this.#total ?? 1) - 1,
    };
    const place = steps[event.key];
    if (place !== undefined) {
      this.#focusing = true;
      this.#moveTo(place);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#openActive();
    } else return;
    event.preventDefault();
  };

  #openActive(): void {
    const row = this.#shown.rows[this.#active - this.#shown.first];
    if (row) this.onOpen(row);
  }

  #open(place: number): void {
    this.#active = place;
    this.onActive(place);
    this.#openActive();
  }

  /** Puts the layer where its first row belongs, as far as that is in view. */
  #place(): void {
    const layer = this.querySelector<HTMLElement>('.layer');
    if (!layer) return;
    const offset = (this.#shown.first - this.#top) * rowHeight;
    layer.style.transform = `translateY(${offset > -2 * rowHeight && offset <= 0 ? offset : 0}px)`;
  }

  #render(): void {
    if (!this.#source || !this.isConnected) return;
    const total = this.#total;
    const { first, rows } = this.#shown;
    const inView = this.#active >= first && this.#active < first + rows.length;
    const tabStop = inView ? this.#active : first;
    render(
      html`<div class="scroller" role="grid" aria-label=${l10n.t('Episodes')} aria-rowcount=${(total ?? 0) + 1}
          aria-colcount=${tableColumns.length} aria-busy=${total === undefined}
          @scroll=${() => this.#look()} @keydown=${this.#onKey}>
        <div class="head" role="rowgroup">
          <div class="row" role="row" aria-rowindex="1">${tableColumns.map((column) => this.#head(column))}</div>
        </div>
        <div class="body" role="rowgroup">
          <div class="layer" role="none">
            ${repeat(
              rows,
              (_, at) => first + at,
              (row, at) => this.#row(row, first + at, first + at === tabStop),
            )}
          </div>
        </div>
      </div>
      ${total === 0 ? html`<p class="empty">${this.#source.whenEmpty}</p>` : nothing}`,
      this,
    );
    const body = this.querySelector<HTMLElement>('.body')!;
    body.style.height = `${this.#height}px`;
    this.#place();
  }

  #head({ by, name, numeric }: (typeof tableColumns)[number]) {
    const { sort } = this.#source!;
    const order = sort.by !== by ? 'none' : sort.descending ? 'descending' : 'ascending';
    const arrow = sort.by === by ? icon(sort.descending ? 'arrow-down' : 'arrow-up') : nothing;
    return html`<div class="cell ${numeric ? 'numeric' : ''}" role="columnheader" aria-sort=${order}>
      <button type="button" @click=${() => this.onSort(by)}>${name}${arrow}</button>
    </div>`;
  }

  #row(row: EpisodeRow, place: number, tabStop: boolean) {
    return html`<div class="row ${place === this.#active ? 'active' : ''}" role="row" aria-rowindex=${place + 2}
        aria-selected=${place === this.#active} tabindex=${tabStop ? 0 : -1} @click=${() => this.#open(place)}>
      ${tableColumns.map(
        ({ numeric, cell }) =>
          html`<div class="cell ${numeric ? 'numeric' : ''}" role="gridcell">${cell(row)}</div>`,
      )}
    </div>`;
  }
}

customElements.define('episode-table', EpisodeTable);
