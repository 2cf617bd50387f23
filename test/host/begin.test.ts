import { equal } from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { setSetting } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';

describe('a window that is closed', () => {
  it('begins a training', async () => {
    const api = await extension().activate();
    await setSetting('device', 'cpu');
    const training = { steps: 500, tasksPerStep: 2, tries: 2, evaluationTries: 1, maxTokens: 24 };
    for (const [name, value] of Object.entries(training)) await setSetting(`training.${name}`, value);
    const answer = await vscode.commands.executeCommand<{ outcome: string }>('reinforce.train', {
      ask: false,
    });
    equal(answer.outcome, 'started', JSON.stringify(answer));
    await eventually('a step', () => (api.states()[0]?.step ?? 0) > 0, 90);
  });
});
