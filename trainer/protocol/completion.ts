/** What the window asks of the completion server, and what the server tells by itself. */
import { NotificationType, RequestType } from 'vscode-jsonrpc/node';
import type { DeviceWish } from './training.ts';

/** What writes completions. Paths are absolute. */
export interface PolicyToLoad {
  /** Directory of a base model; left out for the embedded one. */
  readonly model?: string;
  /** Directory of an adapter in PEFT's form; left out for the base model alone. */
  readonly adapter?: string;
  /** What computes; left out for the processor. */
  readonly device?: DeviceWish;
}

export type LoadAnswer =
  | {
      readonly kind: 'loaded';
      readonly parameters: number;
      /** Tokens that the model reads and writes in all. */
      readonly contextTokens: number;
      readonly fillInTheMiddle: boolean;
      /** What computes, and why, as the end of a sentence. */
      readonly device: string;
      readonly reason: string;
      readonly seconds: number;
    }
  /** `reason` is a sentence for people. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface CompleteRequest {
  /** The text before and after the cursor. */
  readonly prefix: string;
  readonly suffix: string;
  /** VS Code's language id. */
  readonly language: string;
  /** Path or name of the file. */
  readonly file: string;
  /** True for never more than one line; otherwise the place decides. */
  readonly singleLine: boolean;
  readonly maxTokens: number;
}

/** The end of the block or statement, of the line, or of the document (or middle) as the model sees it; the token limit. */
export type CompletionStop = 'block-end' | 'line-end' | 'end-of-text' | 'length';

/** What the prompt was: the one that training used, what is before the cursor, or what is around it. */
export type PromptForm = 'function-body' | 'prefix' | 'fill-in-the-middle';

export interface CompletionTimings {
  readonly promptTokens: number;
  /** Prompt tokens that earlier requests had read already. */
  readonly reusedTokens: number;
  /** Tokens written. */
  readonly tokens: number;
  /** Until the first token is known, and for those after it. */
  readonly readMilliseconds: number;
  readonly writeMilliseconds: number;
}

export type CompleteAnswer =
  | {
      readonly kind: 'completion';
      /** What to insert at the cursor; never empty. */
      readonly text: string;
      readonly stop: CompletionStop;
      readonly form: PromptForm;
      readonly timings: CompletionTimings;
    }
  | {
      readonly kind: 'nothing';
      readonly reason: NothingReason;
      /** Tokens that were written in vain. */
      readonly tokens: number;
    };

/**
 * no-policy: nothing is loaded. cancelled: the client or a newer load ended it. empty: the model ended at once.
 * doubled: it only repeated what follows. closing: it only closed what is closed already. repeating: it only repeated the
 * lines before it, or went round in a loop.
 */
export type NothingReason = 'no-policy' | 'cancelled' | 'empty' | 'doubled' | 'closing' | 'repeating';

export type ServerPhase = 'empty' | 'loading' | 'ready' | 'busy';

export interface ServerState {
  readonly phase: ServerPhase;
  /** Bytes of memory that the process holds. */
  readonly residentBytes: number;
}

export const loadRequest = new RequestType<PolicyToLoad, LoadAnswer, void>('completion/load');
/** Cancelled between two tokens by the protocol's own `$/cancelRequest`; then the answer is nothing, "cancelled". */
export const completeRequest = new RequestType<CompleteRequest, CompleteAnswer, void>('completion/complete');
export const completionStateNotification = new NotificationType<ServerState>('completion/state');
