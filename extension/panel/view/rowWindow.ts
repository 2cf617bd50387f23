import type { EpisodePage, EpisodeRow } from '../../../trainer/protocol.ts';

const blockRows = 100;
const keptBlocks = 50;

/** How many episodes there are: those that the filter lets through, and all, by the same answer. */
export type Counts = Pick<EpisodePage, 'total' | 'episodes'>;

export interface VisibleRows {
  readonly first: number;
  readonly rows: readonly EpisodeRow[];
}

/**
 * The part of a long table that is looked at, fetched in blocks. At most one question is out: while somebody scrolls
 * fast, what has been passed by is never asked for.
 */
export class RowWindow {
  readonly #fetch: (offset: number, limit: number) => Promise<EpisodePage>;
  readonly #onRows: (rows: VisibleRows, counts: Counts) => void;
  readonly #onFailure: (reason: string) => void;
  #blocks = new Map<number, readonly EpisodeRow[]>();
  /** Undefined until the first rows have come. */
  #counts: Counts | undefined;
  #wanted = { first: 0, count: 0 };
  #fetching = false;
  #stale = true;
  #closed = false;

  constructor(
    fetch: (offset: number, limit: number) => Promise<EpisodePage>,
    onRows: (rows: VisibleRows, counts: Counts) => void,
    onFailure: (reason: string) => void,
  ) {
    this.#fetch = fetch;
    this.#onRows = onRows;
    this.#onFailure = onFailure;
  }

  /** Says which rows are looked at now; they are told at once if they are known, or else when they have come. */
  want(first: number, count: number): void {
    this.#wanted = { first, count };
    this.#advance();
  }

  /** The rows may be others by now: those in view are asked for again, and stay as they are until then. */
  renew(): void {
    this.#stale = true;
    this.#advance();
  }

  close(): void {
    this.#closed = true;
  }

  #advance(): void {
    if (this.#wanted.count === 0 || this.#closed) return;
    if (!this.#stale && this.#missing() === undefined) this.#tell();
    if (!this.#fetching) void this.#fetchMissing();
  }

  async #fetchMissing(): Promise<void> {
    this.#fetching = true;
    try {
      for (let block = this.#next(); block !== undefined && !this.#closed; block = this.#next()) {
        const anew = this.#stale;
        this.#stale = false;
        const { rows, total, episodes } = await this.#fetch(block * blockRows, blockRows);
        if (anew || total !== this.#counts?.total) this.#blocks = new Map();
        this.#counts = { total, episodes };
        this.#blocks.set(block, rows);
        this.#forget(block);
        if (!this.#closed && !this.#stale && this.#missing() === undefined) this.#tell();
      }
    } catch (error) {
      if (!this.#closed) this.#onFailure(error instanceof Error ? error.message : String(error));
    } finally {
      this.#fetching = false;
    }
  }

  /** The block to ask for next: one that is in view, or else one beside it, so that scrolling on finds it there. */
  #next(): number | undefined {
    const [first, last] = this.#inView();
    if (this.#stale) return first;
    return this.#missing() ?? [last + 1, first - 1].find((block) => this.#lacks(block));
  }

  #missing(): number | undefined {
    const [first, last] = this.#inView();
    for (let block = first; block <= last; block++) if (this.#lacks(block)) return block;
    return undefined;
  }

  #inView(): readonly [number, number] {
    const { first, count } = this.#wanted;
    const lastRow = Math.max(first, first + count - 1);
    return [Math.floor(first / blockRows), Math.floor(lastRow / blockRows)];
  }

  #lacks(block: number): boolean {
    return block >= 0 && block * blockRows < (this.#counts?.total ?? 0) && !this.#blocks.has(block);
  }

  #tell(): void {
    if (this.#counts === undefined) return;
    const { total } = this.#counts;
    const { count } = this.#wanted;
    const first = Math.max(0, Math.min(this.#wanted.first, total - count));
    this.#wanted = { first, count };
    const rows: EpisodeRow[] = [];
    for (let row = first; row < Math.min(total, first + count); row++) {
      const block = Math.floor(row / blockRows);
      const found = this.#blocks.get(block)?.[row % blockRows];
      if (!found) {
        this.#blocks.delete(block);
        if (!this.#fetching) void this.#fetchMissing();
        return;
      }
      rows.push(found);
    }
    this.#onRows({ first, rows }, this.#counts);
  }

  /** The oldest go first. */
  #forget(just: number): void {
    for (const block of this.#blocks.keys()) {
      if (this.#blocks.size <= keptBlocks) return;
      if (block !== just) this.#blocks.delete(block);
    }
  }
}
