/** How a run goes: its state in words, and its figures over the steps. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Imitation, RunSnapshot } from '../../../trainer/protocol.ts';
import { fact, icon } from './parts.ts';
import type { ChartContent } from './runChart.ts';
import { number, percent, phaseWords, seconds, standing, whole } from './wording.ts';

export function overview(snapshot: RunSnapshot, trainer: string | null): TemplateResult {
  const { steps, evaluations, imitation, episodes, indexed, damaged, info } = snapshot;
  const last = steps.at(-1);
  const metric = (name: string) => last?.metrics[name] ?? null;
  const [before, after] = [evaluations[0]?.scores.heldOut, evaluations.at(-1)?.scores.heldOut];
  return html`<section class="overview" aria-labelledby="title">
    <h2 id="title" class="spoken">${l10n.t('Overview')}</h2>
    <p class="standing" role="status">
      ${icon(info.state === 'running' ? 'pulse' : 'info')} ${standing(snapshot)}
      ${trainer !== null && info.state === 'running' ? trainer : nothing}
    </p>
    ${
      damaged
        ? html`<p class="warning">${icon('warning')} ${l10n.t('Lines of the logs that could not be read are left out: {0}, the first in {1}.', damaged.lines, damaged.first)}</p>`
        : nothing
    }
    ${imitation === null ? nothing : html`<p class="note">${imitationText(imitation)}</p>`}
    <dl class="facts">
      ${fact(l10n.t('Reward'), number(metric('reward')), l10n.t('of the last step'))}
      ${fact(l10n.t('Held-out pass rate'), percent(after?.passAt1), before && after && before !== after ? l10n.t('{0} before', percent(before.passAt1)) : '')}
      ${fact(l10n.t('KL'), number(metric('kl')), l10n.t('to the base model'))}
      ${fact(l10n.t('Entropy'), number(metric('entropy')), l10n.t('nats a token'))}
      ${fact(l10n.t('Episodes'), whole(episodes), indexed < 1 ? l10n.t('{0} read', percent(indexed)) : '')}
    </dl>
    ${steps.length === 0 ? html`<p class="empty">${l10n.t('The charts begin with the first step.')}</p>` : nothing}
    <div class="charts">
      ${charts(snapshot).map((content) => html`<run-chart .content=${content}></run-chart>`)}
    </div>
  </section>`;
}

const imitationText = ({ examples, losses }: Imitation) =>
  l10n.t(
    'Before its first step it imitated {0} accepted completions: loss {1} in the first pass, {2} in the last.',
    whole(examples),
    number(losses[0]),
    number(losses.at(-1)),
  );

const unit = [0, 1] as const;

function charts({ steps, evaluations }: RunSnapshot): ChartContent[] {
  const x = steps.map(({ step }) => step);
  const metric = (name: string) => steps.map(({ metrics }) => metrics[name] ?? null);
  const ofSteps = (title: string, series: ChartContent['series'], more: Partial<ChartContent> = {}) => ({
    title,
    xName: l10n.t('Step'),
    x,
    series,
    ...more,
  });
  const phases = [...new Set(steps.flatMap(({ timings }) => Object.keys(timings)))];
  const measured: ChartContent = {
    title: l10n.t('Pass rate, as measured'),
    xName: l10n.t('Step'),
    x: evaluations.map(({ step }) => step),
    series: [
      { name: l10n.t('Held-out tasks'), values: evaluations.map(({ scores }) => scores.heldOut.passAt1) },
      { name: l10n.t('Training tasks'), values: evaluations.map(({ scores }) => scores.train.passAt1) },
    ],
    format: percent,
    range: unit,
    xRange: [0, x.at(-1) ?? 0],
    points: true,
  };
  const ofTraining = [
    ofSteps(l10n.t('Reward'), [{ name: l10n.t('Mean reward'), values: metric('reward') }], { range: unit }),
    ofSteps(l10n.t('KL to the base model'), [{ name: l10n.t('KL'), values: metric('kl') }]),
    ofSteps(l10n.t('Entropy'), [{ name: l10n.t('Entropy'), values: metric('entropy') }]),
    ...(x.length > 0 && steps.some(({ metrics }) => (metrics.cheated ?? 0) > 0)
      ? [
          ofSteps(
            l10n.t('Share of tries that cheated'),
            [{ name: l10n.t('Cheated'), values: metric('cheated') }],
            {
              format: percent,
            },
          ),
        ]
      : []),
    ofSteps(l10n.t('Share of clipped ratios'), [{ name: l10n.t('Clipped'), values: metric('clipped') }], {
      format: percent,
    }),
    ofSteps(
      l10n.t('Seconds by phase'),
      phases.map((phase) => ({
        name: phaseWords(phase),
        values: steps.map(({ timings }) => timings[phase] ?? null),
      })),
      { format: (value) => (value === null ? '–' : seconds(value)) },
    ),
  ];
  const [reward, ...others] = ofTraining;
  const hasMeasured = evaluations.length > 0 ? [measured] : [];
  return steps.length === 0 ? hasMeasured : [reward!, ...hasMeasured, ...others];
}
