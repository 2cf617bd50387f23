import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ReinforceApi } from '../../extension/main.ts';
import type { Preflight } from '../../trainer/protocol.ts';
import { Conversation } from './conversation.ts';
import { openFile, setSetting } from './documents.ts';
import { eventually } from './eventually.ts';
import { declaredSettings, extension } from './extension.ts';
import { withBattery } from './powerSupply.ts';

/** None has its default. */
const training = {
  steps: 500,
  minutes: 45,
  tasksPerStep: 2,
  tries: 3,
  evaluationTries: 1,
  evaluateEvery: 250,
  acceptedEpochs: 1,
  promptTokens: 64,
  maxTokens: 24,
  temperature: 0.9,
  learningRate: 0.001,
  rank: 4,
  alpha: 8,
  beta: 0.1,
  seed: 7,
  klLimit: 1.5,
  entropyFloor: 0.001,
  microBatchTokens: 4096,
  minTests: 2,
  testFiles: ['test/*.test.ts'],
  memoryMegabytes: 1500,
  activationCheckpointing: true,
  baseWeights: 'int8',
};
/** What the trainer is not told. */
const ofTheWindow = ['pauseOnBattery', 'yieldWhileTyping'];

let api: ReinforceApi;
const state = () => api.states()[0];
const steps = () => state()?.step ?? 0;

async function preflight(): Promise<Preflight> {
  const answer = await vscode.commands.executeCommand<{ outcome: string; preflight: Preflight }>(
    'reinforce.train',
    { ask: false },
  );
  equal(answer.outcome, 'refused', JSON.stringify(answer));
  return answer.preflight;
}

describe('settings', () => {
  before(async () => {
    await openFile('early.ts', 'export const one = 1;|\n');
    api = await extension().activate();
  });

  after(async () => {
    for (const name of Object.keys(training)) await setSetting(`training.${name}`, undefined);
    for (const name of ['device', 'isolation', 'model', 'nodePath']) await setSetting(name, undefined);
  });

  it('model, device and isolation are looked at before a training', async () => {
    // A model that is not there keeps the training from starting.
    await setSetting('model', '/nowhere/model');
    await setSetting('device', 'cpu');
    await setSetting('isolation', 'none');
    const { model, device, sandbox, obstacles, warnings } = await preflight();
    equal(model.known, false);
    match(obstacles.join(), /\/nowhere\/model/);
    equal(device.known && device.device, 'cpu');
    equal(sandbox.known && sandbox.isolation, 'none');
    ok(warnings.some((sentence) => sentence.includes('your own rights')));
    await setSetting('isolation', undefined);
    const confined = await preflight();
    equal(confined.sandbox.known && confined.sandbox.isolation, 'bubblewrap');
    await setSetting('model', undefined);
  });

  it('those of a training all reach its run', async () => {
    const declared = declaredSettings()
      .filter((name) => name.startsWith('reinforce.training.'))
      .map((name) => name.replace('reinforce.training.', ''));
    deepEqual(declared.filter((name) => !ofTheWindow.includes(name)).sort(), Object.keys(training).sort());
    for (const [name, value] of Object.entries(training)) await setSetting(`training.${name}`, value);
    await vscode.commands.executeCommand('reinforce.train', { ask: false });
    const run = await eventually('the run', () => state()?.run, 90);
    const { config, versions } = JSON.parse(await readFile(join(run.path, 'run.json'), 'utf8'));
    deepEqual(Object.fromEntries(Object.keys(training).map((name) => [name, config[name]])), training);
    equal(versions.device, 'cpu');
  });

  it('completions.warmUp, turned off: the model is not loaded before the first key', async () => {
    await eventually('a step', () => steps() > 0, 120);
    equal(api.completions.server.kind, 'asleep');
  });

  it('training.yieldWhileTyping keeps a training still while somebody types, or does not', async () => {
    await openFile('typed.ts', '|\n');
    const typeUntil = (what: string, holds: () => boolean) =>
      eventually(what, async () => {
        await vscode.commands.executeCommand('type', { text: 'x' });
        return holds();
      });
    await setSetting('training.yieldWhileTyping', false);
    const before = steps();
    await typeUntil('two steps', () => steps() > before + 1);
    await setSetting('training.yieldWhileTyping', true);
    let [last, since] = ['', 0];
    await typeUntil('stillness', () => {
      const now = JSON.stringify([steps(), state()?.progress]);
      if (now !== last) [last, since] = [now, Date.now()];
      return Date.now() - since > 2000;
    });
    const still = steps();
    await eventually('a step after that', () => steps() > still);
    await setSetting('training.yieldWhileTyping', undefined);
  });

  it('training.pauseOnBattery pauses on battery, or does not', async function () {
    if (process.platform !== 'linux') this.skip();
    using _battery = withBattery();
    await setSetting('training.pauseOnBattery', false);
    await setSetting('training.pauseOnBattery', true);
    await eventually('the pause', () => state()?.pausedBecause === 'battery');
    match(api.statusText(), /Paused on battery/);
    const before = steps();
    await setSetting('training.pauseOnBattery', false);
    await eventually('a step', () => steps() > before);
    await setSetting('training.pauseOnBattery', undefined);
  });

  it('nodePath that names nothing is told in one sentence', async () => {
    using conversation = new Conversation();
    await setSetting('nodePath', '/nowhere/node');
    await vscode.commands.executeCommand('reinforce.completions.restart');
    await conversation.hear(
      /^The setting reinforce\.nodePath names \/nowhere\/node, which does not exist: correct it/,
    );
    equal(api.completions.status.text, 'not available');
    await setSetting('nodePath', undefined);
    ok(await eventually('the model', () => api.completions.ready()));
  });
});
