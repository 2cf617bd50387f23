import { equal, rejects } from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { backgroundNode } from '../../extension/background/node.ts';
import { openTask } from '../../extension/panel/openInEditor.ts';
import { ReaderClient } from '../../extension/panel/readerClient.ts';
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

  it('opens a task’s file at the name of its function', async () => {
    const header =
      '/** Returns the sum of the squares of the numbers. */\nexport function sumOfSquares(numbers';
    const id = 'src/sums.ts#sumOfSquares';
    const task = { id, file: 'src/sums.ts', name: 'sumOfSquares', line: 1, split: 'train', header, body: '' };
    const of = await runOfTask(task);
    const { extensionPath } = extension();
    using reader = new ReaderClient({
      node: () => backgroundNode({ extensionPath, configured: '' }),
      script: `${extensionPath}/dist/runReader.cjs`,
      onLog: console.error,
      onChange: () => {},
    });
    await openTask(reader, of, id);
    const { document, selection } = vscode.window.activeTextEditor!;
    equal(document.uri.fsPath, inWorkspace('src/sums.ts'));
    const line = document.lineAt(selection.active.line).text;
    equal(line, 'export function sumOfSquares(numbers: number[]): number {');
    equal(line.slice(selection.active.character, selection.active.character + 12), 'sumOfSquares');
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

/** A run of this workspace that keeps one task. */
async function runOfTask(task: object): Promise<string> {
  const path = inWorkspace('.reinforce/runs/kept');
  await mkdir(path, { recursive: true });
  const time = '2026-11-22T07:30:05.000Z';
  const run = { id: 'kept', created: time, workspace: inWorkspace('.'), model: 'base', config: {} };
  await writeFile(`${path}/run.json`, JSON.stringify({ ...run, status: { state: 'finished', time } }));
  await writeFile(`${path}/tasks.json`, JSON.stringify({ tasks: [task] }));
  return path;
}
