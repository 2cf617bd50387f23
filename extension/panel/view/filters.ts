/** The row of fields above the table of episodes. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { EpisodeFilter, RunSnapshot } from '../../../trainer/protocol.ts';
import { button } from './parts.ts';
import { purposes, splits, verdict } from './wording.ts';

/** An end of a range that is open; JSON has no infinity. */
const highest = Number.MAX_SAFE_INTEGER;
const lowest = -highest;

/** Takes only the fields that exclude something; undefined removes one. */
export type ChangeFilter = (
  change: { readonly [Field in keyof EpisodeFilter]: EpisodeFilter[Field] | undefined },
) => void;

export function filters(
  { tasks, verdicts, labels }: RunSnapshot,
  filter: EpisodeFilter,
  change: ChangeFilter,
  clear: () => void,
): TemplateResult {
  const taskNames = new Map(tasks.map(({ id }) => [id, id]));
  return html`<div class="filters" role="search" aria-label=${l10n.t('Filter episodes')}>
    <label class="field wide"><span>${l10n.t('Search')}</span>
      <vscode-textfield type="search" .label=${l10n.t('Search completions and prompts')} placeholder=${l10n.t('Completion or prompt')}
        .value=${filter.text ?? ''}
        @input=${({ target }: InputEvent) => change({ text: textOf(target) || undefined })}></vscode-textfield>
    </label>
    ${choice(l10n.t('Task'), filter.tasks?.[0], taskNames, (value) => change({ tasks: value ? [value] : undefined }))}
    ${choice(l10n.t('Verdict'), filter.verdicts?.[0], named(verdicts, verdict), (value) => change({ verdicts: value ? [value] : undefined }))}
    ${
      labels.length > 0
        ? choice(l10n.t('Cheat'), filter.labels?.[0], named(labels, verdict), (value) =>
            change({ labels: value ? [value] : undefined }),
          )
        : nothing
    }
    ${choice(l10n.t('Split'), filter.split, new Map(Object.entries(splits)), (value) => change({ split: value as EpisodeFilter['split'] }))}
    ${choice(l10n.t('Purpose'), filter.purpose, new Map(Object.entries(purposes)), (value) => change({ purpose: value as EpisodeFilter['purpose'] }))}
    ${between(l10n.t('Step'), filter.steps, 1, (steps) => change({ steps }))}
    ${between(l10n.t('Reward'), filter.reward, 0.05, (reward) => change({ reward }))}
    ${button(l10n.t('Clear'), 'clear-all', clear, Object.keys(filter).length === 0)}
  </div>`;
}

const named = (names: readonly string[], word = (name: string) => name) =>
  new Map(names.map((name) => [name, word(name)]));

/** @param choose is told undefined for "All". */
function choice(
  name: string,
  chosen: string | undefined,
  options: ReadonlyMap<string, string>,
  choose: (value: string | undefined) => void,
): TemplateResult {
  return html`<label class="field"><span>${name}</span>
    <select aria-label=${name} @change=${({ target }: Event) => choose(textOf(target) || undefined)}>
      <option value="" ?selected=${chosen === undefined}>${l10n.t('All')}</option>
      ${[...options].map(
        ([value, word]) => html`<option value=${value} ?selected=${value === chosen}>${word}</option>`,
      )}
    </select>
  </label>`;
}

function between(
  name: string,
  range: readonly [number, number] | undefined,
  step: number,
  choose: (range: readonly [number, number] | undefined) => void,
): TemplateResult {
  const [least, most] = range ?? [lowest, highest];
  const take = (from: number, to: number) =>
    choose(from === lowest && to === highest ? undefined : [from, to]);
  const shown = (end: number) => (Math.abs(end) < highest ? String(end) : '');
  return html`<div class="field range" role="group" aria-label=${name}><span>${name}</span>
    <vscode-textfield type="number" step=${step} .label=${l10n.t('{0} from', name)} placeholder=${l10n.t('from')} .value=${shown(least)}
      @change=${({ target }: Event) => take(numberOf(target, lowest), most)}></vscode-textfield>
    <vscode-textfield type="number" step=${step} .label=${l10n.t('{0} to', name)} placeholder=${l10n.t('to')} .value=${shown(most)}
      @change=${({ target }: Event) => take(least, numberOf(target, highest))}></vscode-textfield>
  </div>`;
}

const textOf = (target: EventTarget | null) => (target as HTMLInputElement).value;

function numberOf(target: EventTarget | null, otherwise: number): number {
  const value = textOf(target);
  return value === '' || Number.isNaN(Number(value)) ? otherwise : Number(value);
}
