import { equal } from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Conversation } from './conversation.ts';
import { extension } from './extension.ts';

describe('with several folders', () => {
  it('a command that is about one asks which', async () => {
    await extension().activate();
    using conversation = new Conversation();
    await vscode.commands.executeCommand('reinforce.showTasks');
    const { choices } = await conversation.hear(/^Choose a folder$/);
    equal(choices.join(), 'sample,other');
  });

  it('a folder without tests cannot be trained, and the look before says why', async () => {
    const folder = vscode.workspace.workspaceFolders!.find(({ name }) => name === 'other')!;
    const answer = await vscode.commands.executeCommand<{
      outcome: string;
      preflight: { obstacles: string[] };
    }>('reinforce.train', { ask: false, folder: folder.uri.fsPath });
    equal(basename(folder.uri.fsPath), 'other');
    equal(answer.outcome, 'refused', JSON.stringify(answer));
    equal(answer.preflight.obstacles.length, 1);
  });

  it('a folder that is not open is refused in a sentence', async () => {
    using conversation = new Conversation();
    await vscode.commands.executeCommand('reinforce.train', { ask: false, folder: '/nowhere' });
    await conversation.hear(/^\/nowhere is not a folder of this workspace\.$/);
  });
});
