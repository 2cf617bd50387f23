import { equal, match, ok } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ReinforceApi } from '../../extension/main.ts';
import { Conversation } from './conversation.ts';
import { setSetting } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';

let api: ReinforceApi;
const state = () => api.states()[0];
const run = <T>(command: string, ...words: unknown[]) =>
  vscode.commands.executeCommand<T>(`reinforce.${command}`, ...words);

/** Goes on with the training that the tests before this left under way. */
describe('when something goes wrong', () => {
  before(async () => {
    api = await extension().activate();
  });

  it('an adapter that was removed while in use is told of, and completions come from the base model', async () => {
    using conversation = new Conversation();
    await run('stop');
    // The list of runs is read a little after the end, and has the last adapter of each.
    const ended = await eventually('the end', () => api.runs().find((run) => run.state === 'stopped'));
    const adapter = ended.adapters[0]!;
    await run('useAdapter', adapter.directory);
    await rm(api.runs()[0]!.directory, { recursive: true });
    await conversation.hear(
      /^The adapter .* is not there any more, so completions come from the base model\.$/,
    );
    equal(api.policy().adapter, undefined);
  });

  it('a run that cannot be written ends with one sentence and what can be done', async () => {
    using conversation = new Conversation();
    for (const [name, value] of Object.entries({
      steps: 500,
      tasksPerStep: 2,
      tries: 2,
      evaluationTries: 1,
      maxTokens: 24,
    })) {
      await setSetting(`training.${name}`, value);
    }
    await run('train', { ask: false });
    await eventually('a step', () => (state()?.step ?? 0) > 0, 120);
    const checkpoints = join(state()!.run!.path, 'checkpoints');
    await rm(checkpoints, { recursive: true });
    await writeFile(checkpoints, 'in the way');
    const { kind, choices } = await conversation.hear(/^The training ended: /, 120);
    equal(kind, 'error');
    ok(choices.includes('Show Log'));
    match(api.lastSentence() ?? '', /^The training ended: /);
    equal(conversation.said.length, 1);
  });

  it('a trainer that dies with nothing under way is told of in the log, and the next command starts another', async () => {
    using conversation = new Conversation();
    const { pid } = state()!;
    process.kill(pid, 'SIGKILL');
    await eventually('the sentence', () =>
      /^The trainer ended unexpectedly; the next command/.test(api.lastSentence() ?? ''),
    );
    equal(conversation.said.length, 0);
    const { tasks } = await run<{ tasks: unknown[] }>('showTasks');
    ok(tasks.length > 10);
    ok(state()!.pid !== pid);
  });
});
