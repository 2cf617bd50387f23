/** The tokens that the policy chose, each coloured by how likely it held it to be. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ActionToken, EpisodeStep } from '../../../trainer/protocol.ts';
import { table } from './parts.ts';
import { number, percent, stopWords } from './wording.ts';

/** Lower ends of the classes of probability; panel.css has a colour for each. */
const classes = [0.9, 0.5, 0.2, 0.05, 0] as const;

export function tokens({ action, stop }: EpisodeStep, name: string): TemplateResult {
  return html`<p class="tokens" role="img" aria-label=${summary(action)}>${action.map(token)}</p>
    <ul class="legend">
      ${classes.map(
        (least, at) =>
          html`<li><span class="key token likely-${at}" aria-hidden="true"></span>${at === 0 ? l10n.t('no mark: above {0}', percent(least)) : l10n.t('{0} to {1}', percent(least), percent(classes[at - 1]))}</li>`,
      )}
    </ul>
    <p class="note">${l10n.t('Ended by: {0}.', stopWords(stop))}</p>
    <details>
      <summary aria-label=${l10n.t('Table of the tokens of {0}', name)}>${l10n.t('Table')}</summary>
      ${table(
        l10n.t('Tokens of {0}', name),
        [l10n.t('No.'), l10n.t('Token'), l10n.t('Id'), l10n.t('Log-probability'), l10n.t('Probability')],
        action.map(({ id, text, logp }, at) => [
          String(at + 1),
          html`<code>${visible(text)}</code>`,
          String(id),
          number(logp),
          percent(probability(logp)),
        ]),
      )}
    </details>`;
}

const probability = (logp: number | null) => (logp === null ? null : Math.exp(logp));

function token({ id, text, logp }: ActionToken): TemplateResult {
  const p = probability(logp);
  const likely = p === null ? nothing : `likely-${classes.findIndex((least) => p >= least)}`;
  const title = l10n.t('{0} ({1}): log-probability {2}, {3}', visible(text), id, number(logp), percent(p));
  // A line's end is shown, and then ends the line.
  return html`<span class="token ${likely}" title=${title}>${text === '' ? '∅' : text.replaceAll('\n', '⏎\n')}</span>`;
}

const visible = (text: string) =>
  text === '' ? l10n.t('(nothing)') : text.replaceAll('\n', '⏎').replaceAll('\t', '→').replaceAll(' ', '·');

function summary(action: readonly ActionToken[]): string {
  const known = action.flatMap(({ logp }, at) => (logp === null ? [] : [{ logp, at }]));
  const least = known.toSorted((a, b) => a.logp - b.logp)[0];
  if (!least) return l10n.t('{0} tokens, without probabilities.', action.length);
  const text = visible(action[least.at]!.text);
  return l10n.t(
    '{0} tokens. The least likely is number {1}, {2}, at {3}. The table below has all.',
    action.length,
    least.at + 1,
    text,
    percent(Math.exp(least.logp)),
  );
}
