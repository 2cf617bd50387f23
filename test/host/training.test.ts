import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ReinforceApi } from '../../extension/main.ts';
import type { TrainerState } from '../../trainer/protocol.ts';
import { Conversation } from './conversation.ts';
import { inWorkspace, setSetting } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';

/** A training that is over in seconds, and one that is not. */
const quick = { steps: 2, tasksPerStep: 2, tries: 2, evaluationTries: 1, evaluateEvery: 0, maxTokens: 24 };
const long = { ...quick, steps: 500 };

let api: ReinforceApi;

const run = <T>(command: string, ...words: unknown[]) =>
  vscode.commands.executeCommand<T>(`reinforce.${command}`, ...words);

async function settings(values: Readonly<Record<string, number | undefined>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await setSetting(`training.${name}`, value);
}

const state = (): TrainerState | undefined => api.states()[0];
const reached = (what: string, isSo: (state: TrainerState) => boolean | undefined, seconds = 90) =>
  eventually(what, () => state() !== undefined && isSo(state()!) && state(), seconds);
const idle = () => reached('the end', ({ activity }) => activity === undefined);

async function start(values: typeof quick): Promise<void> {
  await settings(values);
  const answer = await run<{ outcome: string }>('train', { ask: false });
  equal(answer.outcome, 'started', JSON.stringify(answer));
}

describe('training', () => {
  before(async () => {
    api = await extension().activate();
    await setSetting('device', 'cpu');
  });

  after(async () => {
    await settings(Object.fromEntries(Object.keys(quick).map((name) => [name, undefined])));
    await setSetting('device', undefined);
  });

  it('has only those commands enabled, before the first, that can work', () => {
    const { canTrain, busy, canPause, canContinue, hasRuns, hasAdapters, canRollBack } = api.contextKeys();
    deepEqual(
      { canTrain, busy, canPause, canContinue, hasRuns, hasAdapters, canRollBack },
      {
        canTrain: true,
        busy: false,
        canPause: false,
        canContinue: false,
        hasRuns: false,
        hasAdapters: false,
        canRollBack: false,
      },
    );
  });

  const impossible = {
    stop: /^Nothing is under way/,
    pause: /^Nothing is being trained/,
    continue: /^No training is paused, and no run was stopped/,
    rollBack: /^No adapter was in use before/,
    exportAdapter: /^There is no adapter yet: train/,
  };
  for (const [command, sentence] of Object.entries(impossible)) {
    it(`says in one sentence why ${command} cannot work before there was a training`, async () => {
      using conversation = new Conversation();
      match((await run<{ error: string }>(command)).error, sentence);
      equal((await conversation.hear(sentence)).kind, 'error');
      equal(conversation.said.length, 1);
    });
  }

  it('shows the tasks of the workspace, and why other functions are none', async () => {
    const { tasks, rejected } = await run<{ tasks: { name: string }[]; rejected: unknown[] }>('showTasks');
    ok(tasks.length > 10, `${tasks.length} tasks, ${rejected.length} rejected`);
    ok(tasks.some(({ name }) => name === 'reverseText'));
    ok(api.contextKeys().tasksShown);
  });

  it('begins after a look at everything that it needs, and offers what can be done with it', async () => {
    await settings(long);
    const answer = await run<{ outcome: string; preflight: Record<string, { known?: boolean }> }>('train', {
      ask: false,
    });
    equal(answer.outcome, 'started');
    for (const part of ['tasks', 'sandbox', 'device', 'model', 'memory', 'time']) {
      ok(answer.preflight[part]?.known, `${part} is not known`);
    }
    await reached('sampling', ({ phase }) => phase === 'sampling' || phase === 'learning');
    const { canTrain, busy, canPause } = api.contextKeys();
    deepEqual({ canTrain, busy, canPause }, { canTrain: false, busy: true, canPause: true });
    match(api.statusText(), /step \d+\/500/);
  });

  it('refuses a second training while one is under way', async () => {
    using conversation = new Conversation();
    match((await run<{ error: string }>('train', { ask: false })).error, /^Something is under way already/);
    await conversation.hear(/^Something is under way already: stop it first/);
  });

  it('pauses and goes on', async () => {
    await run('pause');
    await reached('the pause', ({ phase, pausedBecause }) => phase === 'paused' && pausedBecause === 'user');
    match(api.statusText(), /Paused/);
    ok(api.contextKeys().canContinue);
    const { step } = state()!;
    await run('continue');
    await reached('a later step', (now) => now.step > step);
  });

  it('opens the reward log while it runs', async () => {
    await run('openRewardLog');
    await eventually('the panel', () => {
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      return input instanceof vscode.TabInputWebview && /reinforce\.rewardLog$/.test(input.viewType);
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('survives the death of its process: one sentence says so, and its button resumes the run', async () => {
    const { pid, run: killed } = state()!;
    using conversation = new Conversation(({ choices }) => choices.find((one) => one === 'Resume Training'));
    process.kill(pid, 'SIGKILL');
    const { kind } = await conversation.hear(/^The trainer ended unexpectedly in the middle of a training/);
    equal(kind, 'error');
    await reached('the resumed run', (now) => now.pid !== pid && now.phase === 'sampling');
    equal(state()!.run?.id, killed?.id);
    equal(conversation.said.length, 1);
  });

  it('stops so that it can be gone on with, and says so', async () => {
    await run('stop');
    await idle();
    await eventually('the sentence', () => /was stopped; it can be resumed/.test(api.lastSentence() ?? ''));
    await eventually('the run', () => api.runs()[0]?.state === 'stopped');
    ok(api.contextKeys().canContinue);
  });

  it('ends by itself, with a sentence that says how it went', async () => {
    using conversation = new Conversation();
    await start(quick);
    await conversation.hear(/^The training is over: /, 120);
    await eventually('the run', () => api.runs()[0]?.state === 'finished');
    ok(api.contextKeys().hasAdapters);
  });

  it('leaves an adapter that completions come from once it is chosen, and can be gone back from', async () => {
    using conversation = new Conversation();
    const [adapter] = api.runs()[0]!.adapters;
    await run('useAdapter', adapter!.directory);
    equal(api.policy().adapter, adapter!.directory);
    await conversation.hear(/^Completions now come from /);
    ok(await api.completions.ready());
    match(api.completions.status.detail, new RegExp(api.runs()[0]!.id));
    await run('rollBack');
    equal(api.policy().adapter, undefined);
    await conversation.hear(/^Completions now come from: base model/);
  });

  it('lists adapters with their held-out scores, beside the base model', async () => {
    using conversation = new Conversation();
    await run('useAdapter');
    const { choices } = await conversation.hear(/^Use Adapter/);
    equal(choices.length, 1 + api.runs().flatMap(({ adapters }) => adapters).length);
    match(choices[0]!, /Base model/);
  });

  it('exports an adapter as PEFT reads it', async () => {
    using conversation = new Conversation();
    const [adapter] = api.runs()[0]!.adapters;
    const folder = await run<string>('exportAdapter', adapter!.directory, inWorkspace('exported'));
    for (const file of ['adapter_config.json', 'adapter_model.safetensors']) {
      ok(existsSync(join(folder, file)), file);
    }
    await conversation.hear(/in the form that PEFT reads/);
  });

  it('measures a policy on command, until it is told to stop', async () => {
    const evaluation = run('evaluate', 'base');
    await reached('the evaluation', ({ activity }) => activity === 'evaluation');
    await run('stop');
    equal(await evaluation, undefined);
    await idle();
  });
});

describe('the base model', () => {
  it('cannot be a folder without a model', async () => {
    using conversation = new Conversation();
    await run('chooseBaseModel', inWorkspace('src'));
    await conversation.hear(/holds no config\.json: choose the folder of a model/);
  });

  it('is chosen by a setting, and chosen back', async () => {
    const model = join(extension().extensionPath, 'trainer/model/base');
    equal(await run('chooseBaseModel', model), model);
    equal(vscode.workspace.getConfiguration('reinforce').get('model'), model);
    await run('chooseBaseModel', '');
    equal(vscode.workspace.getConfiguration('reinforce').get('model'), '');
  });
});

describe('the doctor', () => {
  it('says what a bug report needs', async () => {
    const report = await run<string>('doctor', 'silent');
    match(report, /^# Reinforce \d+\.\d+\.\d+$/m);
    match(report, new RegExp(`VS Code ${vscode.version.replaceAll('.', '\\.')}`));
    match(report, /Node of the trainer: \/.*node/);
    notEqual(report.split('```')[1]?.trim(), '');
  });
});
