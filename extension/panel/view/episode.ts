/** One episode in full. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { EpisodeDetail, EpisodeStep, TestResult } from '../../../trainer/protocol.ts';
import { closing, code, diff } from './code.ts';
import { button, fact, icon, verdictMark } from './parts.ts';
import { tokens } from './tokens.ts';
import { number, phaseWords, purposes, seconds, splits, tries, verdict } from './wording.ts';

export interface EpisodeActions {
  readonly openTask: (task: string) => void;
  readonly openDiff: (row: number) => void;
  readonly showGroup: (group: string) => void;
  readonly showTask: (task: string) => void;
  readonly showEpisode: (row: number) => void;
}

export function episode(detail: EpisodeDetail, count: number, actions: EpisodeActions): TemplateResult {
  const { row, prompt, completion, language, original } = detail;
  return html`<article class="episode" aria-labelledby="title">
    <h2 id="title" tabindex="-1">${row.task}, ${tries(row)}</h2>
    <div class="actions">
      ${button(l10n.t('Previous'), 'arrow-up', () => actions.showEpisode(row.row - 1), row.row === 0)}
      ${button(l10n.t('Next'), 'arrow-down', () => actions.showEpisode(row.row + 1), row.row + 1 >= count)}
      ${button(l10n.t('All tries'), 'layers', () => actions.showGroup(row.group))}
      ${button(l10n.t('Task'), 'beaker', () => actions.showTask(row.task))}
      ${button(l10n.t('Open file'), 'go-to-file', () => actions.openTask(row.task))}
      ${original === null ? nothing : button(l10n.t('Open diff'), 'diff', () => actions.openDiff(row.row))}
    </div>
    ${facts(detail)}
    ${detail.evidence === null ? nothing : html`<p class="warning">${icon('warning')} ${l10n.t('It cheated: {0}', detail.evidence)}</p>`}
    <h3>${l10n.t('Completion')}</h3>
    ${code(prompt + completion + closing(language), language, l10n.t('Prompt and completion'))}
    <h3>${l10n.t('Against the original')}</h3>
    ${
      original === null
        ? html`<p class="note">${l10n.t('This run kept no tasks, so that the original is not known.')}</p>`
        : diff(lines(original), lines(completion), language, l10n.t('Difference from the original body'))
    }
    <h3>${l10n.t('Tests')}</h3>
    ${tests(detail)}
    <h3>${detail.steps.length === 1 ? l10n.t('Tokens') : l10n.t('Steps')}</h3>
    ${detail.noTokens === null ? nothing : html`<p class="warning">${icon('warning')} ${l10n.t('Tokens have no text: {0}', detail.noTokens)}</p>`}
    ${detail.steps.length === 1 ? tokens(detail.steps[0]!, l10n.t('the completion')) : steps(detail)}
  </article>`;
}

/** Without the blank lines around a body, which no difference lies in. */
const lines = (body: string) => `${body.replace(/^\n+|\s+$/g, '')}\n`;

function facts(detail: EpisodeDetail): TemplateResult {
  const { row, limit, cached, timings } = detail;
  return html`<dl class="facts">
    ${fact(l10n.t('Verdict'), verdictMark(row))}
    ${fact(l10n.t('Reward'), number(row.reward))}
    ${fact(l10n.t('Advantage'), number(row.advantage), row.advantage === null ? l10n.t('not learnt from') : '')}
    ${fact(l10n.t('Tests'), l10n.t('{0} of {1}', row.passed, row.tests), l10n.t('passed'))}
    ${limit === null ? nothing : fact(l10n.t('Limit'), limit, l10n.t('was reached'))}
    ${fact(l10n.t('Policy version'), String(row.policyVersion))}
    ${fact(l10n.t('Split'), splits[row.split])}
    ${fact(l10n.t('Purpose'), purposes[row.purpose])}
    ${fact(l10n.t('Tokens'), String(row.tokens))}
    ${fact(l10n.t('Grading'), cached ? l10n.t('from the cache') : seconds(row.seconds))}
    ${Object.entries(timings).map(([phase, time]) => fact(phaseWords(phase), seconds(time)))}
  </dl>`;
}

export function tests({ tests, guards, firstFailure, row }: EpisodeDetail): TemplateResult {
  const told = [...tests, ...guards].some(({ message }) => message !== undefined);
  return html`${tests.length === 0 ? html`<p class="note">${l10n.t('No test ran: {0}.', verdict(row.verdict))}</p>` : results(tests)}
    ${guards.length === 0 ? nothing : html`<p class="note">${l10n.t('Tests that it must not break:')}</p>${results(guards)}`}
    ${
      told || firstFailure === null
        ? nothing
        : html`<pre class="message" tabindex="0" role="group" aria-label=${l10n.t('First failure')}>${firstFailure}</pre>`
    }`;
}

const results = (tests: readonly TestResult[]) => html`<ul class="tests">
  ${tests.map(
    ({ id, passed, message }) => html`<li>
      <span class="verdict ${passed ? 'good' : 'bad'}">${icon(passed ? 'pass' : 'error')}<span class="spoken">${`${passed ? l10n.t('Passed:') : l10n.t('Failed:')} `}</span></span>
      ${id}
      ${message === undefined ? nothing : html`<pre class="message" tabindex="0" role="group" aria-label=${l10n.t('Message of {0}', id)}>${message}</pre>`}
    </li>`,
  )}
</ul>`;

/** What the policy read and answered, in turn; what it reads after the prompt is what a tool answered. */
function steps({ steps, language }: EpisodeDetail): TemplateResult {
  return html`<ol class="steps">
    ${steps.map(
      (step, at) => html`<li>
        <h4>${l10n.t('Step {0} of {1}', at + 1, steps.length)}</h4>
        <h5>${at === 0 ? l10n.t('Prompt') : l10n.t('Answer of the tool')}</h5>
        ${step.observation === null ? html`<p class="note">${l10n.t('Not known.')}</p>` : code(step.observation, at === 0 ? language : null, l10n.t('What was read in step {0}', at + 1))}
        <h5>${at + 1 === steps.length ? l10n.t('Completion') : l10n.t('Call of a tool')}</h5>
        ${code(textOf(step), null, l10n.t('What was written in step {0}', at + 1))}
        ${tokens(step, l10n.t('step {0}', at + 1))}
      </li>`,
    )}
  </ol>`;
}

const textOf = ({ action }: EpisodeStep) => action.map(({ text }) => text).join('');
