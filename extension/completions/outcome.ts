/** What became of a request for a suggestion: a text, or the reason why there is none. */
import type { NothingReason, PromptForm } from '../../trainer/protocol.ts';

/** model: written for this request. begun: typing has confirmed its beginning. joined: another request asked for it. */
export type SuggestionSource = 'model' | 'begun' | 'joined';

/** Why nothing was suggested; the trainer's reasons, and those of the window. */
export type WhyNothing =
  | NothingReason
  | 'off'
  | 'language-off'
  | 'file-too-large'
  | 'superseded'
  | 'loading'
  | 'failed'
  | 'restarting'
  | 'server-ended';

export type Outcome =
  | {
      readonly kind: 'suggestion';
      readonly text: string;
      readonly source: SuggestionSource;
      readonly form: PromptForm;
      /** Milliseconds from the request to the answer. */
      readonly milliseconds: number;
    }
  | { readonly kind: 'nothing'; readonly why: WhyNothing };

export const nothing = (why: WhyNothing): Outcome => ({ kind: 'nothing', why });

/** The reasons that a person did not cause by typing on, in words that follow "no suggestion: ". */
export const reasonWords: Readonly<Record<WhyNothing, string>> = {
  off: 'turned off',
  'language-off': 'turned off for this language',
  'file-too-large': 'file too large',
  superseded: 'you typed on',
  cancelled: 'you typed on',
  loading: 'the model is still loading',
  failed: 'the model could not be loaded',
  restarting: 'the completion server is starting again',
  'server-ended': 'the completion server ended',
  'no-policy': 'no model is loaded',
  empty: 'the model ended here',
  doubled: 'it repeated what follows',
  closing: 'it only closed brackets',
  repeating: 'it repeated itself or the lines above',
};
