import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Completions } from '../../extension/completions/register.ts';
import { Conversation } from './conversation.ts';
import { inWorkspace, openFile, setSetting } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';
import { askForSuggestion } from './suggestion.ts';

const unwritten = `/** Returns the sum of two numbers. */
export function add(a: number, b: number): number {
  |
}
`;

let completions: Completions;
const ask = () => askForSuggestion(completions);

describe('inline completions', () => {
  before(async () => {
    ({ completions } = await extension().activate());
  });

  afterEach(async () => {
    for (const name of ['enabled', 'maxFileKilobytes', 'learnFrom']) {
      await setSetting(`completions.${name}`, undefined);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('loads the model, and says so', async () => {
    await openFile('loading.ts', unwritten);
    ok(await completions.ready());
    await eventually('the status', () => completions.status.text === 'ready');
    match(completions.status.detail, /^base model, \d+ MB$/);
  });

  it('write a function’s body, which is in the document once accepted', async () => {
    const editor = await openFile('accepted.ts', unwritten);
    await eventually('a suggestion', async () => (await ask()).kind === 'suggestion');
    await eventually('the text', async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return /\{\n {2}return a \+ b;\n\}\n/.test(editor.document.getText());
    });
  });

  it('record offers and acceptances in the workspace, out of sight of version control', async () => {
    await completions.flushed();
    const lines = (await readFile(inWorkspace('.reinforce/completions.jsonl'), 'utf8')).trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { event: string; text?: string; prefix?: string });
    ok(events.some(({ event }) => event === 'offered'));
    const accepted = events.find(({ event }) => event === 'accepted');
    match(accepted?.text ?? '', /return a \+ b;/);
    equal(accepted?.prefix, undefined, 'the code around it is recorded only where a setting asks for it');
    equal(await readFile(inWorkspace('.reinforce/.gitignore'), 'utf8'), '*\n');
  });

  it('record the code around an acceptance where the setting asks for it', async () => {
    await setSetting('completions.learnFrom', true);
    const editor = await openFile('learned.ts', unwritten);
    await eventually('a suggestion', async () => (await ask()).kind === 'suggestion');
    await eventually('the text', async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return editor.document.getText().includes('return');
    });
    await eventually('the record', async () => {
      await completions.flushed();
      const text = await readFile(inWorkspace('.reinforce/completions.jsonl'), 'utf8');
      return text.includes('"prefix":"/** Returns the sum of two numbers. */');
    });
  });

  it('record a part that was accepted, as a word is by its command', async () => {
    const editor = await openFile('partly.ts', unwritten);
    await eventually('a suggestion', async () => (await ask()).kind === 'suggestion');
    await eventually('a word', async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.acceptNextWord');
      return editor.document.getText().includes('return');
    });
    await eventually('the record', async () => {
      await completions.flushed();
      const text = await readFile(inWorkspace('.reinforce/completions.jsonl'), 'utf8');
      return /"event":"partly","id":"[^"]+","characters":\d+/.test(text);
    });
  });

  it('are off for a language that the setting turns off, and say so', async () => {
    await setSetting('completions.enabled', { '*': true, typescript: false });
    await openFile('off.ts', unwritten);
    deepEqual(await ask(), { kind: 'nothing', why: 'language-off' });
    equal(completions.status.text, 'off for typescript');
  });

  it('are turned off and on by their commands', async () => {
    await openFile('toggled.ts', unwritten);
    await vscode.commands.executeCommand('reinforce.completions.toggleLanguage');
    deepEqual(await ask(), { kind: 'nothing', why: 'language-off' });
    await vscode.commands.executeCommand('reinforce.completions.toggleLanguage');
    await eventually('a suggestion', async () => (await ask()).kind === 'suggestion');
  });

  it('say that a file is too large', async () => {
    await setSetting('completions.maxFileKilobytes', 1);
    await openFile('large.ts', `${'// filling\n'.repeat(200)}${unwritten}`);
    deepEqual(await ask(), { kind: 'nothing', why: 'file-too-large' });
    equal(completions.status.text, 'no suggestion: file too large');
  });

  it('come from another process after a restart by command', async () => {
    ok(await completions.ready());
    const before = completions.serverPid;
    await vscode.commands.executeCommand('reinforce.completions.restart');
    ok(await completions.ready());
    notEqual(completions.serverPid, before);
  });

  it('survive the death of their process: one sentence says so, and it starts again', async () => {
    using conversation = new Conversation();
    await openFile('killed.ts', unwritten);
    ok(await completions.ready());
    const before = completions.serverPid!;
    process.kill(before, 'SIGKILL');
    await conversation.hear(/completion server ended .*SIGKILL.* starts again/);
    await eventually('a suggestion', async () => (await ask()).kind === 'suggestion');
    notEqual(completions.serverPid, before);
    equal(conversation.said.length, 1);
  });
});
