import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Completions } from '../../extension/completions/register.ts';
import { Conversation } from './conversation.ts';
import { openFile, setSetting } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';
import { askForSuggestion, suggestedText } from './suggestion.ts';

const long = `/** Counts how often each word occurs. */
export function countWords(words: string[]): Record<string, number> {
  |
}
`;

let completions: Completions;

describe('settings of inline completions', () => {
  before(async () => {
    ({ completions } = await extension().activate());
  });

  after(async () => {
    for (const name of ['multiLine', 'maxTokens', 'device', 'idleMinutes', 'enabled']) {
      await setSetting(`completions.${name}`, undefined);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('completions.multiLine allows several lines, or one', async () => {
    await openFile('several.ts', long);
    ok((await suggestedText(completions)).includes('\n'));
    await setSetting('completions.multiLine', false);
    await openFile('one.ts', long);
    ok(!(await suggestedText(completions)).includes('\n'));
    await setSetting('completions.multiLine', undefined);
  });

  it('completions.maxTokens ends a suggestion early', async () => {
    await openFile('whole.ts', long);
    const whole = await suggestedText(completions);
    await setSetting('completions.maxTokens', 8);
    await openFile('short.ts', long);
    const outcome = await askForSuggestion(completions);
    ok(outcome.kind === 'nothing' || outcome.text.length < whole.length, JSON.stringify(outcome));
    await setSetting('completions.maxTokens', undefined);
  });

  it('completions.toggle turns them off for all languages, and on', async () => {
    const toggle = () => vscode.commands.executeCommand('reinforce.completions.toggle');
    await openFile('toggled.ts', long);
    await toggle();
    deepEqual(await askForSuggestion(completions), { kind: 'nothing', why: 'off' });
    equal(completions.status.text, 'off');
    await eventually('no process', () => completions.serverPid === undefined);
    await toggle();
    ok(await suggestedText(completions));
  });

  it('completions.menu says what goes on, and does what is chosen', async () => {
    await openFile('menu.ts', long);
    {
      using conversation = new Conversation(() => 'Turn off for typescript');
      await vscode.commands.executeCommand('reinforce.completions.menu');
      const { choices } = await conversation.hear(/^Inline completions: /);
      deepEqual(choices.slice(-3), ['Restart the completion server', 'Settings', 'Log']);
    }
    deepEqual(await askForSuggestion(completions), { kind: 'nothing', why: 'language-off' });
    await setSetting('completions.enabled', undefined);
  });

  it('completions.device is what computes, or is told why it cannot', async () => {
    await openFile('device.ts', long);
    await setSetting('completions.device', 'cuda');
    using conversation = new Conversation();
    if (!(await completions.ready())) {
      await conversation.hear(/CUDA/);
      equal(completions.status.text, 'not available');
    }
    await setSetting('completions.device', undefined);
    ok(await eventually('the model', () => completions.ready()));
  });

  it('completions.idleMinutes without a request give the memory back, and the next key loads the model', async () => {
    await openFile('idle.ts', long);
    await suggestedText(completions);
    await setSetting('completions.idleMinutes', 0.01);
    await eventually('sleep', () => completions.status.text === 'asleep');
    equal(completions.serverPid, undefined);
    await setSetting('completions.idleMinutes', undefined);
    ok(await suggestedText(completions));
  });
});
