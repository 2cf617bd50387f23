/** Code with its syntax coloured, and the lines that two pieces of code differ in. */
import * as l10n from '@vscode/l10n';
import { diffLines } from 'diff';
import hljs from 'highlight.js/lib/core';
import javascript from 'highlight.js/lib/languages/javascript';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

hljs.registerLanguage('javascript', javascript);
hljs.registerLanguage('python', python);
hljs.registerLanguage('typescript', typescript);

/** @param label what a screen reader calls it. */
export function code(text: string, language: string | null, label: string): TemplateResult {
  return html`<pre class="code" tabindex="0" role="group" aria-label=${label}><code>${highlighted(text, language)}</code></pre>`;
}

const lineKinds = {
  same: { mark: ' ', word: '' },
  added: { mark: '+', word: `${l10n.t('added:')} ` },
  removed: { mark: '-', word: `${l10n.t('removed:')} ` },
} as const;

/**
 * The lines of `before` and `after` in one column, as `diff` writes them. Those that differ have no syntax colours,
 * which are made to be read on the plain ground.
 */
export function diff(before: string, after: string, language: string | null, label: string): TemplateResult {
  const lines = diffLines(before, after).flatMap(({ value, added, removed }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ kind, text }) as const);
  });
  return html`<pre class="code diff" tabindex="0" role="group" aria-label=${label}>${lines.map(
    ({ kind, text }) =>
      html`<span class="line ${kind}"><span class="mark" aria-hidden="true">${lineKinds[kind].mark}</span><span class="spoken">${lineKinds[kind].word}</span><code>${kind === 'same' ? highlighted(text, language) : text}</code></span>`,
  )}</pre>`;
}

/** What stands behind a function's body. */
export const closing = (language: string | null) => (language === 'python' ? '' : '}');

/** The highlighter escapes the text itself. */
const highlighted = (text: string, language: string | null) =>
  language !== null && hljs.getLanguage(language)
    ? unsafeHTML(hljs.highlight(text, { language, ignoreIllegals: true }).value)
    : text;
