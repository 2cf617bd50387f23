import { equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { inWorkspace } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';
import { trainerOf } from './trainerProcess.ts';

describe('a window that is opened while its folder is being trained', () => {
  it('finds the training under way, as it was left', async () => {
    const api = await extension().activate();
    // A trainer in the middle of a computation answers when that is done.
    await eventually('the training', () => api.states()[0]?.activity === 'training');
    const state = api.states()[0]!;
    equal(state.pid, await trainerOf(inWorkspace('')));
    await eventually('a later step', () => (api.states()[0]?.step ?? 0) > state.step);
    match(api.statusText(), /step \d+\/500/);
    ok(api.contextKeys().canPause);
  });

  it('cannot start a second trainer for the folder', async () => {
    const script = join(extension().extensionPath, 'dist/trainer.js');
    const { code, text } = await new Promise<{ code: unknown; text: string }>((resolve) => {
      execFile(process.execPath, [script, inWorkspace('')], (error, _, text) =>
        resolve({ code: error?.code, text }),
      );
    });
    equal(code, 3, text);
    match(text, /^The workspace is in use by process \d+ on /);
  });

  it('can stop it', async () => {
    const api = await extension().activate();
    await vscode.commands.executeCommand('reinforce.stop');
    await eventually('the stopped run', () => api.runs()[0]?.state === 'stopped');
  });
});
