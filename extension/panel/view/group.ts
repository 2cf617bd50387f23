/** All tries of one task from one policy version, side by side. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { EpisodeDetail } from '../../../trainer/protocol.ts';
import { code } from './code.ts';
import { type EpisodeActions, tests } from './episode.ts';
import { button, fact, verdictMark } from './parts.ts';
import { number, percent } from './wording.ts';

export function group(tries: readonly EpisodeDetail[], actions: EpisodeActions): TemplateResult {
  const [first] = tries;
  if (!first) return html`<p class="empty">${l10n.t('The run has no such tries any more: go back.')}</p>`;
  const passed = tries.filter(({ row }) => row.verdict === 'passed').length;
  const mean = tries.reduce((sum, { row }) => sum + row.reward, 0) / tries.length;
  return html`<section class="group" aria-labelledby="title">
    <h2 id="title" tabindex="-1">${l10n.t('{0}, step {1}: {2} tries', first.row.task, first.row.step, tries.length)}</h2>
    <div class="actions">
      ${button(l10n.t('Task'), 'beaker', () => actions.showTask(first.row.task))}
      ${button(l10n.t('Open file'), 'go-to-file', () => actions.openTask(first.row.task))}
    </div>
    <dl class="facts">
      ${fact(l10n.t('Passed'), percent(passed / tries.length))}
      ${fact(l10n.t('Mean reward'), number(mean))}
    </dl>
    <ul class="tries" tabindex="0" aria-label=${l10n.t('Tries')}>
      ${tries.map(
        (detail) => html`<li>
          <h3>${l10n.t('Try {0}', detail.row.attempt + 1)}</h3>
          <p>${verdictMark(detail.row)}</p>
          <dl class="facts">
            ${fact(l10n.t('Reward'), number(detail.row.reward))}
            ${fact(l10n.t('Advantage'), number(detail.row.advantage))}
          </dl>
          ${code(detail.completion.replace(/^\n/, ''), detail.language, l10n.t('Completion of try {0}', detail.row.attempt + 1))}
          ${tests(detail)}
          ${button(l10n.t('Open'), 'inspect', () => actions.showEpisode(detail.row.row))}
        </li>`,
      )}
    </ul>
  </section>`;
}
