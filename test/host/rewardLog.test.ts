import { equal, rejects } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { inWorkspace } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';

const run = inWorkspace('.reinforce/runs/long');
const isRewardLog = ({ input }: vscode.Tab) =>
  input instanceof vscode.TabInputWebview && /reinforce\.rewardLog$/.test(input.viewType);
const rewardLogs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isRewardLog);

describe('the reward log', () => {
  before(async () => {
    await extension().activate();
  });

  it('opens once, however often it is asked for', async () => {
    await vscode.commands.executeCommand('reinforce.openRewardLog');
    await vscode.commands.executeCommand('reinforce.openRewardLog', run);
    await eventually('the panel', () => rewardLogs().length === 1);
  });

  it('opens again after it was closed', async () => {
    await vscode.window.tabGroups.close(rewardLogs());
    await eventually('no panel', () => rewardLogs().length === 0);
    await vscode.commands.executeCommand('reinforce.openRewardLog');
    await eventually('the panel', () => rewardLogs().length === 1);
  });

  it('has both sides of the diff of an episode as documents', async () => {
    const row = 17;
    const lines = (await readFile(`${run}/episodes.jsonl`, 'utf8')).split('\n');
    const { prompt, episode } = JSON.parse(lines[row]!);
    const text = async (side: string) => {
      const query = JSON.stringify({ run, row, side });
      const uri = vscode.Uri.from({ scheme: 'reinforce-episode', path: '/src/numbers.ts', query });
      return (await vscode.workspace.openTextDocument(uri)).getText();
    };
    equal(await text('completion'), `${prompt}${episode.completion}}\n`);
    equal(await text('original'), `${prompt}\n  return 42;\n}\n`);
  });

  it('says why a document of an episode that is not there cannot be shown', async () => {
    const query = JSON.stringify({ run, row: 100_000, side: 'completion' });
    const uri = vscode.Uri.from({ scheme: 'reinforce-episode', path: '/src/numbers.ts', query });
    await rejects(async () => vscode.workspace.openTextDocument(uri), /has no episode 100000/);
  });
});
