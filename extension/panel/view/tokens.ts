/** The tokens that the policy chose, each coloured by how likely it held it to be. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ActionToken, EpisodeStep } from '../../../trainer/protocol.ts';
import { table } from './parts.ts';
import { number, percent } from './wording.ts';

/** Lower ends of the classes of probability; panel.css has a colour for each. */
const classes = [0.9, 0.5, 0.2, 0.05, 0] as const;

export function tokens({ action, stop }: EpisodeStep, name: string): TemplateResult {
  return html`<p class="tokens" role="img" aria-label=${summary(action)}>${action.map(token)}</p>
    <ul class="legend">
      ${classes.map(
        (least, at) =>
          html`<li><span class="key token likely-${at}" aria-hidden="true"></span>${at === 0 ? `no mark: above ${percent(least)}` : `${percent(least)} to ${percent(classes[at - 1])}`}</li>`,
      )}
    </ul>
    <p class="note">Ended by: ${stop.replaceAll('-', ' ')}.</p>
    <details>
      <summary>Table<span class="spoken"> of the tokens of ${name}</span></summary>
      ${table(
        `Tokens of ${name}`,
        ['No.', 'Token', 'Id', 'Log-probability', 'Probability'],
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
  const title = `${visible(text)} (${id}): log-probability ${number(logp)}, ${percent(p)}`;
  // A line's end is shown, and then ends the line.
  return html`<span class="token ${likely}" title=${title}>${text === '' ? '∅' : text.replaceAll('\n', '⏎\n')}</span>`;
}

const visible = (text: string) =>
  text === '' ? '(nothing)' : text.replaceAll('\n', '⏎').replaceAll('\t', '→').replaceAll(' ', '·');

function summary(action: readonly ActionToken[]): string {
  const known = action.flatMap(({ logp }, at) => (logp === null ? [] : [{ logp, at }]));
  const least = known.toSorted((a, b) => a.logp - b.logp)[0];
  if (!least) return `${action.length} tokens, without probabilities.`;
  const text = visible(action[least.at]!.text);
  return `${action.length} tokens. The least likely is number ${least.at + 1}, ${text}, at ${percent(Math.exp(least.logp))}. The table below has all.`;
}
