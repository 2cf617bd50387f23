import { deepEqual, equal } from 'node:assert/strict';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Conversation } from './conversation.ts';
import { inWorkspace } from './documents.ts';
import { eventually } from './eventually.ts';

describe('commands that show and write', () => {
  it('showLog shows the log', async () => {
    await vscode.commands.executeCommand('reinforce.showLog');
    await eventually('the log', () =>
      vscode.workspace.textDocuments.some(
        ({ uri, fileName }) => uri.scheme === 'output' && /Reinforce/.test(fileName),
      ),
    );
  });

  it('completions.exportAccepted writes what was kept, or says that there is nothing', async () => {
    const records = inWorkspace('.reinforce/completions.jsonl');
    const target = inWorkspace('accepted.jsonl');
    await writeFile(records, '');
    {
      using conversation = new Conversation();
      await vscode.commands.executeCommand('reinforce.completions.exportAccepted');
      await conversation.hear(/^There are no accepted completions to export: /);
    }
    const about = {
      file: 'src/a.ts',
      language: 'typescript',
      text: 'return 1;',
      prefix: 'f() {',
      suffix: '}',
    };
    for (const record of [
      { event: 'accepted', id: 'a', ...about },
      { event: 'survival', id: 'a', seconds: 15, survives: true, changed: 0 },
    ]) {
      await appendFile(records, `${JSON.stringify({ time: new Date().toISOString(), ...record })}\n`);
    }
    using conversation = new Conversation(({ kind }) => (kind === 'input' ? target : undefined));
    await vscode.commands.executeCommand('reinforce.completions.exportAccepted');
    await conversation.hear(/^Exported 1 accepted completions to /);
    const lines = (await readFile(target, 'utf8')).trim().split('\n');
    equal(lines.length, 1);
    const { prompt, completion, suffix } = JSON.parse(lines[0]!);
    deepEqual({ prompt, completion, suffix }, { prompt: 'f() {', completion: 'return 1;', suffix: '}' });
    await rm(target);
  });
});
