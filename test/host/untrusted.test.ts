import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Conversation } from './conversation.ts';
import { inWorkspace, openFile } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';

describe('in a folder that is not trusted', () => {
  it('no command that runs its tests is enabled', async () => {
    const api = await extension().activate();
    equal(vscode.workspace.isTrusted, false);
    const { trusted, hasFolder, canTrain, canContinue } = api.contextKeys();
    deepEqual(
      { trusted, hasFolder, canTrain, canContinue },
      { trusted: false, hasFolder: true, canTrain: false, canContinue: false },
    );
  });

  for (const command of ['train', 'showTasks', 'continue', 'stop', 'pause']) {
    it(`${command} says in one sentence that the folder is not trusted, and leaves it alone`, async () => {
      using conversation = new Conversation();
      await vscode.commands.executeCommand(`reinforce.${command}`);
      await conversation.hear(/^This workspace is not trusted, .*: trust it first\.$/);
      equal(conversation.said.length, 1);
      ok(!existsSync(inWorkspace('.reinforce/runs')));
    });
  }

  it('completions work', async () => {
    const { completions } = await extension().activate();
    const text =
      '/** The sum of two numbers. */\nexport function add(a: number, b: number): number {\n  |\n}\n';
    const editor = await openFile('untrusted.ts', text);
    ok(await completions.ready());
    await eventually('the text', async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await eventually('an outcome', () => completions.outcomes.length > 0);
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return editor.document.getText() !== text.replace('|', '');
    });
    match(editor.document.getText(), /return/);
  });
});
