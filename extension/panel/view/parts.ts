/** Small pieces that several views are made of. */
import { html, nothing, type TemplateResult } from 'lit';
import type { EpisodeRow } from '../../../trainer/protocol.ts';
import { cheatWords, verdict, verdictIcon, verdictKind } from './wording.ts';

export const icon = (name: string) => html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;

export const verdictMark = ({ verdict: name, label }: Pick<EpisodeRow, 'verdict' | 'label'>) => html`<span
  class="verdict ${verdictKind(name)}">${icon(verdictIcon(name))} ${verdict(name)}</span>${cheat(label)}`;

const cheat = (label: string | null) =>
  label === null ? nothing : html` <span class="label">${icon('warning')} ${cheatWords(label)}</span>`;

export const button = (label: string, glyph: string, act: () => void, disabled = false) => html`<vscode-button
  secondary ?disabled=${disabled} @click=${act}>${icon(glyph)}&nbsp;${label}</vscode-button>`;

/** A link that leads to another place of the panel. */
export const link = (label: string | TemplateResult, act: () => void) =>
  html`<button type="button" class="link" @click=${act}>${label}</button>`;

export const fact = (name: string, value: string | TemplateResult, note = '') => html`<div class="fact">
  <dt>${name}</dt>
  <dd>${value}${note === '' ? nothing : html` <span class="note">${note}</span>`}</dd>
</div>`;

export const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (string | TemplateResult)[])[],
) => html`<div class="table" tabindex="0" role="region" aria-label=${caption}>
  <table>
    <caption class="spoken">${caption}</caption>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>
      ${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
    </tbody>
  </table>
</div>`;
