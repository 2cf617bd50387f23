/** Where in the panel somebody is. It outlives hiding and reloading. */
import type { EpisodeFilter, EpisodeQuery } from '../../../trainer/protocol.ts';

export type View =
  | { readonly kind: 'overview' }
  | { readonly kind: 'episodes' }
  | { readonly kind: 'episode'; readonly row: number }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'tasks' }
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'compare' };

export const tabs = ['overview', 'episodes', 'tasks', 'compare'] as const;
export type Tab = (typeof tabs)[number];

export interface ViewState {
  readonly run: string | null;
  readonly view: View;
  /** The views that Back leads to, the nearest last. */
  readonly back: readonly View[];
  readonly filter: EpisodeFilter;
  readonly sort: EpisodeQuery['sort'];
  /** The row of the table that the keyboard is at, by its place in the order of the query. */
  readonly active: number;
  /** Runs that are shown side by side; null until somebody has chosen them. */
  readonly compared: readonly string[] | null;
}

export const firstState: ViewState = {
  run: null,
  view: { kind: 'overview' },
  back: [],
  filter: {},
  sort: { by: 'row', descending: false },
  active: 0,
  compared: null,
};

/** What an earlier page kept, which may have been of another version. */
export function restoredState(kept: unknown): ViewState {
  if (typeof kept !== 'object' || kept === null) return firstState;
  return { ...firstState, ...(kept as Partial<ViewState>) };
}

/** The tab that a view is under. */
export function tabOf({ kind }: View): Tab {
  if (kind === 'episode' || kind === 'group') return 'episodes';
  return kind === 'task' ? 'tasks' : kind;
}
