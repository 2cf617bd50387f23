/** How a run goes: its state in words, and its figures over the steps. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot } from '../../../trainer/protocol.ts';
import { fact, icon } from './parts.ts';
import type { ChartContent } from './runChart.ts';
import { many, number, percent, seconds, standing, whole } from './wording.ts';

export function overview(snapshot: RunSnapshot, trainer: string | null): TemplateResult {
  const { steps, evaluations, episodes, indexed, damaged, info } = snapshot;
  const last = steps.at(-1);
  const metric = (name: string) => last?.metrics[name] ?? null;
  const [before, after] = [evaluations[0]?.scores.heldOut, evaluations.at(-1)?.scores.heldOut];
  return html`<section class="overview" aria-labelledby="title">
    <h2 id="title" class="spoken">Overview</h2>
    <p class="standing" role="status">
      ${icon(info.state === 'running' ? 'pulse' : 'info')} ${standing(snapshot)}
      ${trainer !== null && info.state === 'running' ? trainer : nothing}
    </p>
    ${
      damaged
        ? html`<p class="warning">${icon('warning')} ${many(damaged.lines, 'line')} of the logs could not be
            read and ${damaged.lines === 1 ? 'is' : 'are'} left out, the first in ${damaged.first}.</p>`
        : nothing
    }
    <dl class="facts">
      ${fact('Reward', number(metric('reward')), 'of the last step')}
      ${fact('Held-out pass rate', percent(after?.passAt1), before && after && before !== after ? `${percent(before.passAt1)} before` : '')}
      ${fact('KL', number(metric('kl')), 'to the base model')}
      ${fact('Entropy', number(metric('entropy')), 'nats a token')}
      ${fact('Episodes', whole(episodes), indexed < 1 ? `${percent(indexed)} read` : '')}
    </dl>
    ${steps.length === 0 ? html`<p class="empty">The charts begin with the first step.</p>` : nothing}
    <div class="charts">
      ${charts(snapshot).map((content) => html`<run-chart .content=${content}></run-chart>`)}
    </div>
  </section>`;
}

const unit = [0, 1] as const;

function charts({ steps, evaluations }: RunSnapshot): ChartContent[] {
  const x = steps.map(({ step }) => step);
  const metric = (name: string) => steps.map(({ metrics }) => metrics[name] ?? null);
  const ofSteps = (title: string, series: ChartContent['series'], more: Partial<ChartContent> = {}) => ({
    title,
    xName: 'Step',
    x,
    series,
    ...more,
  });
  const phases = [...new Set(steps.flatMap(({ timings }) => Object.keys(timings)))];
  const measured: ChartContent = {
    title: 'Pass rate, as measured',
    xName: 'Step',
    x: evaluations.map(({ step }) => step),
    series: [
      { name: 'Held-out tasks', values: evaluations.map(({ scores }) => scores.heldOut.passAt1) },
      { name: 'Training tasks', values: evaluations.map(({ scores }) => scores.train.passAt1) },
    ],
    format: percent,
    range: unit,
    xRange: [0, x.at(-1) ?? 0],
    points: true,
  };
  const ofTraining = [
    ofSteps('Reward', [{ name: 'Mean reward', values: metric('reward') }], { range: unit }),
    ofSteps('KL to the base model', [{ name: 'KL', values: metric('kl') }]),
    ofSteps('Entropy', [{ name: 'Entropy', values: metric('entropy') }]),
    ...(x.length > 0 && steps.some(({ metrics }) => (metrics.cheated ?? 0) > 0)
      ? [
          ofSteps('Share of tries that cheated', [{ name: 'Cheated', values: metric('cheated') }], {
            format: percent,
          }),
        ]
      : []),
    ofSteps('Share of clipped ratios', [{ name: 'Clipped', values: metric('clipped') }], { format: percent }),
    ofSteps(
      'Seconds by phase',
      phases.map((phase) => ({ name: phase, values: steps.map(({ timings }) => timings[phase] ?? null) })),
      { format: (value) => (value === null ? '–' : seconds(value)) },
    ),
  ];
  const [reward, ...others] = ofTraining;
  const hasMeasured = evaluations.length > 0 ? [measured] : [];
  return steps.length === 0 ? hasMeasured : [reward!, ...hasMeasured, ...others];
}
