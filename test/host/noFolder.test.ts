import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Conversation } from './conversation.ts';
import { extension } from './extension.ts';

describe('without a folder on a disk', () => {
  it('nothing that needs one is enabled', async () => {
    const { hasFolder, canTrain, hasRuns } = (await extension().activate()).contextKeys();
    deepEqual({ hasFolder, canTrain, hasRuns }, { hasFolder: false, canTrain: false, hasRuns: false });
  });

  for (const command of ['train', 'showTasks', 'continue', 'stop']) {
    it(`${command} says in one sentence that a folder is needed`, async () => {
      using conversation = new Conversation();
      await vscode.commands.executeCommand(`reinforce.${command}`);
      await conversation.hear(/^Open a folder on disk first/);
    });
  }
});
