/** All tries of one task from one policy version, side by side. */
import { html, type TemplateResult } from 'lit';
import type { EpisodeDetail } from '../../../trainer/protocol.ts';
import { code } from './code.ts';
import { type EpisodeActions, tests } from './episode.ts';
import { button, fact, verdictMark } from './parts.ts';
import { many, number, percent } from './wording.ts';

export function group(tries: readonly EpisodeDetail[], actions: EpisodeActions): TemplateResult {
  const [first] = tries;
  if (!first) return html`<p class="empty">The run has no such tries any more: go back.</p>`;
  const passed = tries.filter(({ row }) => row.verdict === 'passed').length;
  const mean = tries.reduce((sum, { row }) => sum + row.reward, 0) / tries.length;
  return html`<section class="group" aria-labelledby="title">
    <h2 id="title" tabindex="-1">${first.row.task}, step ${first.row.step}: ${many(tries.length, 'try', 'tries')}</h2>
    <div class="actions">
      ${button('Task', 'beaker', () => actions.showTask(first.row.task))}
      ${button('Open file', 'go-to-file', () => actions.openTask(first.row.task))}
    </div>
    <dl class="facts">
      ${fact('Passed', percent(passed / tries.length))}
      ${fact('Mean reward', number(mean))}
    </dl>
    <ul class="tries" tabindex="0" aria-label="Tries">
      ${tries.map(
        (detail) => html`<li>
          <h3>Try ${detail.row.attempt + 1}</h3>
          <p>${verdictMark(detail.row)}</p>
          <dl class="facts">
            ${fact('Reward', number(detail.row.reward))}
            ${fact('Advantage', number(detail.row.advantage))}
          </dl>
          ${code(detail.completion.replace(/^\n/, ''), detail.language, `Completion of try ${detail.row.attempt + 1}`)}
          ${tests(detail)}
          ${button('Open', 'inspect', () => actions.showEpisode(detail.row.row))}
        </li>`,
      )}
    </ul>
  </section>`;
}
