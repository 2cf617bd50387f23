/** What leads from one run and one view to another. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { RunSummary } from '../../../trainer/protocol.ts';
import { type Tab, tabs } from './viewState.ts';
import { clock, state } from './wording.ts';

const tabNames: Readonly<Record<Tab, string>> = {
  overview: l10n.t('Overview'),
  episodes: l10n.t('Episodes'),
  tasks: l10n.t('Tasks'),
  compare: l10n.t('Compare'),
};

export function runChoice(
  runs: readonly RunSummary[],
  chosen: string | null,
  choose: (run: string) => void,
): TemplateResult {
  return html`<label class="field"><span>${l10n.t('Run')}</span>
    <select aria-label=${l10n.t('Run')} @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}>
      ${runs.flatMap((summary) =>
        summary.kind === 'damaged'
          ? []
          : html`<option value=${summary.run} ?selected=${summary.run === chosen}>${clock(summary.info.created)}, ${state(summary.info.state).toLowerCase()}</option>`,
      )}
    </select>
  </label>`;
}

export function tabList(current: Tab, go: (tab: Tab) => void): TemplateResult {
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = tabs[(tabs.indexOf(current) + by + tabs.length) % tabs.length]!;
    const list = event.currentTarget as HTMLElement;
    go(next);
    list.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${l10n.t('Views')} @keydown=${move}>
    ${tabs.map(
      (tab) => html`<button type="button" role="tab" id="tab-${tab}" aria-selected=${tab === current}
        aria-controls="view" tabindex=${tab === current ? 0 : -1} @click=${() => go(tab)}>${tabNames[tab]}</button>`,
    )}
  </div>`;
}
