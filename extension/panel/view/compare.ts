/** Several runs side by side. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot, RunSummary } from '../../../trainer/protocol.ts';
import { table } from './parts.ts';
import type { ChartContent } from './runChart.ts';
import { clock, percent, state, whole } from './wording.ts';

/** @param shown the chosen runs that have been read, in the order chosen. */
export function compare(
  runs: readonly RunSummary[],
  chosen: readonly string[],
  shown: readonly RunSnapshot[],
  choose: (runs: readonly string[]) => void,
): TemplateResult {
  const toggle = (run: string) =>
    choose(chosen.includes(run) ? chosen.filter((other) => other !== run) : [...chosen, run]);
  return html`<section class="compare" aria-labelledby="title">
    <h2 id="title" class="spoken">${l10n.t('Runs side by side')}</h2>
    <fieldset>
      <legend>${l10n.t('Runs to compare')}</legend>
      ${runs.map((summary) =>
        summary.kind === 'damaged'
          ? html`<p class="warning">${summary.run}: ${summary.reason}</p>`
          : html`<label class="choice">
              <input type="checkbox" ?checked=${chosen.includes(summary.run)} @change=${() => toggle(summary.run)}>
              ${summary.info.id} (${state(summary.info.state).toLowerCase()}, ${clock(summary.info.created)})
            </label>`,
      )}
    </fieldset>
    ${
      shown.length === 0
        ? html`<p class="empty">${l10n.t('Choose the runs that you want to see side by side.')}</p>`
        : html`${table(l10n.t('The runs that are compared'), summaryHeads(), shown.map(summaryRow))}
          <div class="charts">
            ${overlays(shown).map((content) => html`<run-chart .content=${content}></run-chart>`)}
          </div>
          ${settings(shown)}`
    }
  </section>`;
}

const summaryHeads = () => [
  l10n.t('Run'),
  l10n.t('State'),
  l10n.t('Steps'),
  l10n.t('Episodes'),
  l10n.t('Held out before'),
  l10n.t('Held out last'),
  l10n.t('Training tasks last'),
];

function summaryRow({ info, steps, evaluations, episodes }: RunSnapshot): string[] {
  const [first, last] = [evaluations[0]?.scores, evaluations.at(-1)?.scores];
  return [
    info.id,
    state(info.state),
    whole(steps.length),
    whole(episodes),
    percent(first?.heldOut.passAt1),
    percent(last?.heldOut.passAt1),
    percent(last?.train.passAt1),
  ];
}

function overlays(shown: readonly RunSnapshot[]): ChartContent[] {
  const overlay = (
    title: string,
    valuesOf: (snapshot: RunSnapshot) => ReadonlyMap<number, number | null>,
    more: Partial<ChartContent> = {},
  ): ChartContent => {
    const byRun = shown.map((snapshot) => ({ name: snapshot.info.id, values: valuesOf(snapshot) }));
    const x = [...new Set(byRun.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
    const series = byRun.map(({ name, values }) => ({ name, values: x.map((at) => values.get(at) ?? null) }));
    return { title, xName: l10n.t('Step'), x, series, ...more };
  };
  const metric = (name: string) => (snapshot: RunSnapshot) =>
    new Map(snapshot.steps.map(({ step, metrics }) => [step, metrics[name] ?? null]));
  const heldOut = ({ evaluations }: RunSnapshot) =>
    new Map(evaluations.map(({ step, scores }) => [step, scores.heldOut.passAt1]));
  return [
    overlay(l10n.t('Reward'), metric('reward'), { range: [0, 1] }),
    overlay(l10n.t('Held-out pass rate'), heldOut, { format: percent, range: [0, 1], points: true }),
    overlay(l10n.t('KL to the base model'), metric('kl')),
    overlay(l10n.t('Entropy'), metric('entropy')),
  ];
}

/** Only the settings that the runs differ in. */
function settings(shown: readonly RunSnapshot[]): TemplateResult | typeof nothing {
  const configs = shown.map(({ config, info }) => ({
    model: info.model,
    ...(typeof config === 'object' && config !== null ? config : {}),
  })) as Record<string, unknown>[];
  const names = [...new Set(configs.flatMap((config) => Object.keys(config)))];
  const word = (value: unknown) => (value === undefined ? '–' : String(value));
  const differing = names.filter((name) => new Set(configs.map((config) => word(config[name]))).size > 1);
  if (shown.length < 2) return nothing;
  return html`<h3>${l10n.t('Settings that differ')}</h3>
    ${
      differing.length === 0
        ? html`<p class="note">${l10n.t('None.')}</p>`
        : table(
            l10n.t('Settings that differ'),
            [l10n.t('Setting'), ...shown.map(({ info }) => info.id)],
            differing.map((name) => [name, ...configs.map((config) => word(config[name]))]),
          )
    }`;
}
