/** The tasks of a run, and how one of them went over the steps. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot, TaskHistory } from '../../../trainer/protocol.ts';
import { closing, code } from './code.ts';
import { button, fact, link, table } from './parts.ts';
import type { ChartContent } from './runChart.ts';
import { number, percent, purposes, splits, whole } from './wording.ts';

export function tasks({ tasks }: RunSnapshot, show: (task: string) => void): TemplateResult {
  if (tasks.length === 0) return html`<p class="empty">${l10n.t('No task has been tried yet.')}</p>`;
  return html`<section aria-label=${l10n.t('Tasks')}>
    ${table(
      l10n.t('Tasks with the share of tries that passed all tests'),
      [
        l10n.t('Task'),
        l10n.t('File'),
        l10n.t('Split'),
        l10n.t('Tries'),
        l10n.t('First'),
        l10n.t('Last'),
        l10n.t('Whole run'),
      ],
      tasks.map((task) => [
        link(task.name, () => show(task.id)),
        task.file,
        splits[task.split],
        whole(task.episodes),
        percent(task.first),
        percent(task.last),
        percent(task.passRate),
      ]),
    )}
  </section>`;
}

export interface TaskActions {
  readonly openTask: (task: string) => void;
  readonly showEpisodes: (task: string) => void;
  readonly showGroup: (group: string) => void;
}

export function task(history: TaskHistory, actions: TaskActions): TemplateResult {
  const { task, header, original, points } = history;
  return html`<section class="task" aria-labelledby="title">
    <h2 id="title" tabindex="-1">${task.id}</h2>
    <div class="actions">
      ${button(l10n.t('Open file'), 'go-to-file', () => actions.openTask(task.id))}
      ${button(l10n.t('Episodes'), 'list-flat', () => actions.showEpisodes(task.id))}
    </div>
    <dl class="facts">
      ${fact(l10n.t('Split'), splits[task.split])}
      ${fact(l10n.t('Tries'), whole(task.episodes))}
      ${fact(l10n.t('Pass rate'), percent(task.passRate), l10n.t('first {0}, last {1}', percent(task.first), percent(task.last)))}
    </dl>
    <div class="charts"><run-chart .content=${passRates(history)}></run-chart></div>
    ${
      original === null
        ? nothing
        : html`<h3>${l10n.t('As you wrote it')}</h3>
            ${code(
              `${header ?? ''}${original}${closing(languageOf(task.file))}`,
              languageOf(task.file),
              l10n.t('The function as it was when the run began'),
            )}`
    }
    <h3>${l10n.t('Groups')}</h3>
    ${table(
      l10n.t('Tries by step'),
      [l10n.t('Step'), l10n.t('Purpose'), l10n.t('Tries'), l10n.t('Pass rate'), l10n.t('Reward')],
      points.map(({ step, purpose, group, tries, passRate, reward }) => [
        link(l10n.t('Step {0}', step), () => actions.showGroup(group)),
        purposes[purpose],
        whole(tries),
        percent(passRate),
        number(reward),
      ]),
    )}
  </section>`;
}

function passRates({ points }: TaskHistory): ChartContent {
  const x = [...new Set(points.map(({ step }) => step))].sort((a, b) => a - b);
  const rates = (purpose: keyof typeof purposes) =>
    x.map(
      (at) => points.find(({ step, purpose: other }) => step === at && other === purpose)?.passRate ?? null,
    );
  const series = (['training', 'evaluation'] as const)
    .map((purpose) => ({ name: purposes[purpose], values: rates(purpose) }))
    .filter(({ values }) => values.some((value) => value !== null));
  return {
    title: l10n.t('Pass rate'),
    xName: l10n.t('Step'),
    x,
    series,
    format: percent,
    range: [0, 1],
    points: true,
  };
}

const languageOf = (file: string) =>
  /\.[mc]?[jt]sx?$/.test(file) ? 'typescript' : /\.py$/.test(file) ? 'python' : null;
