/** What the panel's page (`view/`) and the extension host say to each other. */
import type { RunChange, RunSummary, RunsCall, RunsCalls } from '../../trainer/protocol.ts';

/** From the page. */
export type PageMessage =
  /** The page listens; it was just made, or made anew after it was hidden or the window reloaded. */
  | { readonly type: 'ready' }
  | { readonly [Call in RunsCall]: Ask<Call> }[RunsCall]
  /** Where somebody is in the page now, in its own terms: for another page, should this one be left by its host. */
  | { readonly type: 'at'; readonly state: unknown }
  /** The one run that the page wants to be told of when it grows. */
  | { readonly type: 'follow'; readonly run: string }
  | { readonly type: 'openTask'; readonly run: string; readonly task: string }
  | { readonly type: 'openDiff'; readonly run: string; readonly row: number }
  | { readonly type: 'train' };

export interface Ask<Call extends RunsCall> {
  readonly type: 'ask';
  /** Names the answer. */
  readonly id: number;
  readonly call: Call;
  readonly asks: RunsCalls[Call]['asks'];
}

/** To the page. */
export type HostMessage =
  | {
      readonly type: 'runs';
      readonly runs: readonly RunSummary[];
      /** What the trainer is doing, in words; null when it does nothing. */
      readonly trainer: string | null;
    }
  | { readonly type: 'answer'; readonly id: number; readonly answer: RunsCalls[RunsCall]['answers'] }
  /** The answer is a sentence that says why there is none. */
  | { readonly type: 'refusal'; readonly id: number; readonly reason: string }
  | { readonly type: 'changed'; readonly change: RunChange }
  | { readonly type: 'trainer'; readonly words: string | null }
  /** Where somebody was in a page that this one takes the place of. Comes before the runs. */
  | { readonly type: 'restore'; readonly state: unknown }
  /** A run or an episode that a command wants to be seen. */
  | { readonly type: 'show'; readonly place: PanelPlace };

export interface PanelPlace {
  readonly run?: string;
  readonly view?: 'overview' | 'episodes' | 'tasks' | 'compare';
}
