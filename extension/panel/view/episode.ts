/** One episode in full. */
import { html, nothing, type TemplateResult } from 'lit';
import type { EpisodeDetail, EpisodeStep, TestResult } from '../../../trainer/protocol.ts';
import { closing, code, diff } from './code.ts';
import { button, fact, icon, verdictMark } from './parts.ts';
import { tokens } from './tokens.ts';
import { number, purposes, seconds, splits, tries } from './wording.ts';

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
      ${button('Previous', 'arrow-up', () => actions.showEpisode(row.row - 1), row.row === 0)}
      ${button('Next', 'arrow-down', () => actions.showEpisode(row.row + 1), row.row + 1 >= count)}
      ${button('All tries', 'layers', () => actions.showGroup(row.group))}
      ${button('Task', 'beaker', () => actions.showTask(row.task))}
      ${button('Open file', 'go-to-file', () => actions.openTask(row.task))}
      ${original === null ? nothing : button('Open diff', 'diff', () => actions.openDiff(row.row))}
    </div>
    ${facts(detail)}
    ${detail.evidence === null ? nothing : html`<p class="warning">${icon('warning')} It cheated: ${detail.evidence}</p>`}
    <h3>Completion</h3>
    ${code(prompt + completion + closing(language), language, 'Prompt and completion')}
    <h3>Against the original</h3>
    ${
      original === null
        ? html`<p class="note">This run kept no tasks, so that the original is not known.</p>`
        : diff(lines(original), lines(completion), language, 'Difference from the original body')
    }
    <h3>Tests</h3>
    ${tests(detail)}
    <h3>${detail.steps.length === 1 ? 'Tokens' : 'Steps'}</h3>
    ${detail.noTokens === null ? nothing : html`<p class="warning">${icon('warning')} Tokens have no text: ${detail.noTokens}</p>`}
    ${detail.steps.length === 1 ? tokens(detail.steps[0]!, 'the completion') : steps(detail)}
  </article>`;
}

/** Without the blank lines around a body, which no difference lies in. */
const lines = (body: string) => `${body.replace(/^\n+|\s+$/g, '')}\n`;

function facts(detail: EpisodeDetail): TemplateResult {
  const { row, limit, cached, timings } = detail;
  return html`<dl class="facts">
    ${fact('Verdict', verdictMark(row))}
    ${fact('Reward', number(row.reward))}
    ${fact('Advantage', number(row.advantage), row.advantage === null ? 'not learnt from' : '')}
    ${fact('Tests', `${row.passed} of ${row.tests}`, 'passed')}
    ${limit === null ? nothing : fact('Limit', limit, 'was reached')}
    ${fact('Policy version', String(row.policyVersion))}
    ${fact('Split', splits[row.split])}
    ${fact('Purpose', purposes[row.purpose])}
    ${fact('Tokens', String(row.tokens))}
    ${fact('Grading', cached ? 'from the cache' : seconds(row.seconds))}
    ${Object.entries(timings).map(([phase, time]) => fact(phase, seconds(time)))}
  </dl>`;
}

export function tests({ tests, guards, firstFailure, row }: EpisodeDetail): TemplateResult {
  const told = [...tests, ...guards].some(({ message }) => message !== undefined);
  return html`${tests.length === 0 ? html`<p class="note">No test ran: ${row.verdict.replaceAll('-', ' ')}.</p>` : results(tests)}
    ${guards.length === 0 ? nothing : html`<p class="note">Tests that it must not break:</p>${results(guards)}`}
    ${
      told || firstFailure === null
        ? nothing
        : html`<pre class="message" tabindex="0" role="group" aria-label="First failure">${firstFailure}</pre>`
    }`;
}

const results = (tests: readonly TestResult[]) => html`<ul class="tests">
  ${tests.map(
    ({ id, passed, message }) => html`<li>
      <span class="verdict ${passed ? 'good' : 'bad'}">${icon(passed ? 'pass' : 'error')}<span class="spoken">${passed ? 'Passed: ' : 'Failed: '}</span></span>
      ${id}
      ${message === undefined ? nothing : html`<pre class="message" tabindex="0" role="group" aria-label="Message of ${id}">${message}</pre>`}
    </li>`,
  )}
</ul>`;

/** What the policy read and answered, in turn; what it reads after the prompt is what a tool answered. */
function steps({ steps, language }: EpisodeDetail): TemplateResult {
  return html`<ol class="steps">
    ${steps.map(
      (step, at) => html`<li>
        <h4>Step ${at + 1} of ${steps.length}</h4>
        <h5>${at === 0 ? 'Prompt' : 'Answer of the tool'}</h5>
        ${step.observation === null ? html`<p class="note">Not known.</p>` : code(step.observation, at === 0 ? language : null, `What was read in step ${at + 1}`)}
        <h5>${at + 1 === steps.length ? 'Completion' : 'Call of a tool'}</h5>
        ${code(textOf(step), null, `What was written in step ${at + 1}`)}
        ${tokens(step, `step ${at + 1}`)}
      </li>`,
    )}
  </ol>`;
}

const textOf = ({ action }: EpisodeStep) => action.map(({ text }) => text).join('');
