/** What became of a request for a suggestion: a text, or the reason why there is none. */
import * as l10n from '@vscode/l10n';
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

/** Why there is none, in words that follow "no suggestion: ". */
export function reasonWords(why: WhyNothing): string {
  switch (why) {
    case 'off':
      return l10n.t('turned off');
    case 'language-off':
      return l10n.t('turned off for this language');
    case 'file-too-large':
      return l10n.t('file too large');
    case 'superseded':
    case 'cancelled':
      return l10n.t('you typed on');
    case 'loading':
      return l10n.t('the model is still loading');
    case 'failed':
      return l10n.t('the model could not be loaded');
    case 'restarting':
      return l10n.t('the completion server is starting again');
    case 'server-ended':
      return l10n.t('the completion server ended');
    case 'no-policy':
      return l10n.t('no model is loaded');
    case 'empty':
      return l10n.t('the model ended here');
    case 'doubled':
      return l10n.t('it repeated what follows');
    case 'closing':
      return l10n.t('it only closed brackets');
    case 'repeating':
      return l10n.t('it repeated itself or the lines above');
  }
}
