/** What is seen while there is no run to look at. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { RunSummary } from '../../../trainer/protocol.ts';
import { button, icon } from './parts.ts';

export function looking(): TemplateResult {
  return html`<main aria-busy="true">
    <h1 class="spoken">Reinforce</h1>
    <p class="empty" role="status">${l10n.t('Looking for runs…')}</p>
  </main>`;
}

/** @param runs those that cannot be read, if any. */
export function noRuns(runs: readonly RunSummary[], train: () => void): TemplateResult {
  const damaged = runs.filter((summary) => summary.kind === 'damaged');
  return html`<main class="welcome">
    <h1>${l10n.t('No run yet')}</h1>
    <p>${l10n.t('Train on this workspace, and every try of the model appears here with its tests, its reward and its tokens.')}</p>
    <p>${button(l10n.t('Train on Workspace'), 'play', train)}</p>
    ${damaged.map(({ run, reason }) => html`<p class="warning">${icon('warning')} ${run}: ${reason}</p>`)}
  </main>`;
}
