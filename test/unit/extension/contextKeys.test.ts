import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contextKeys, type World } from '../../../extension/training/contextKeys.ts';
import type { TrainerPhase, TrainerState } from '../../../trainer/protocol.ts';

const nothing: World = {
  trusted: true,
  folders: 1,
  trainers: [undefined],
  runs: 0,
  adapters: 0,
  resumable: false,
  tuned: false,
  canRollBack: false,
  tasksShown: false,
};
const state = (phase: TrainerPhase, activity?: TrainerState['activity']): TrainerState => ({
  pid: 1,
  version: '1',
  workspace: '/code',
  phase,
  step: 0,
  steps: 0,
  ...(activity ? { activity } : {}),
});
const keysOf = (changes: Partial<World>) => contextKeys({ ...nothing, ...changes });

test('training can begin in a trusted folder in which nothing is under way', () => {
  expect(keysOf({})).toMatchObject({ canTrain: true, busy: false, canContinue: false });
  expect(keysOf({ trusted: false })).toMatchObject({ canTrain: false, hasFolder: true });
  expect(keysOf({ folders: 0, trainers: [] })).toMatchObject({ canTrain: false, hasFolder: false });
  expect(keysOf({ trainers: [state('idle')] })).toMatchObject({ canTrain: true });
});

test('a training can be paused, then continued, and stopped in both states', () => {
  const running = keysOf({ trainers: [state('sampling', 'training')], resumable: true });
  expect(running).toMatchObject({ busy: true, canPause: true, canContinue: false, canTrain: false });
  const paused = keysOf({ trainers: [state('paused', 'training')] });
  expect(paused).toMatchObject({ busy: true, canPause: false, canContinue: true, canTrain: false });
});

test('collecting can be stopped and not paused', () => {
  const collecting = keysOf({ trainers: [state('collecting', 'preflight')] });
  expect(collecting).toMatchObject({ busy: true, canPause: false });
});

test('a run that was stopped can be resumed once nothing else is under way', () => {
  expect(keysOf({ resumable: true })).toMatchObject({ canContinue: true });
  expect(keysOf({ resumable: true, trusted: false })).toMatchObject({ canContinue: false });
});

test('of two folders one can be trained while the other is', () => {
  const keys = keysOf({ folders: 2, trainers: [state('learning', 'training'), undefined] });
  expect(keys).toMatchObject({ canTrain: true, busy: true });
});

test('adapters can be chosen, and the base model again once one was', () => {
  expect(keysOf({ adapters: 1, runs: 1 })).toMatchObject({
    hasAdapters: true,
    canChoose: true,
    hasRuns: true,
  });
  expect(keysOf({ tuned: true })).toMatchObject({ hasAdapters: false, canChoose: true });
});

test('the manifest names no key that is never set', async () => {
  const manifest = await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8');
  const { commands, menus, viewsWelcome } = JSON.parse(manifest).contributes;
  const conditions = [
    ...commands.map(({ enablement }: { enablement?: string }) => enablement ?? ''),
    ...[viewsWelcome, ...Object.values(menus)].flat().map(({ when }: { when?: string }) => when ?? ''),
  ].join(' ');
  const named = new Set([...conditions.matchAll(/\breinforce\.(\w+)/g)].map(([, key]) => key!));
  const views = ['runs', 'tasks'];
  const known = [...Object.keys(contextKeys(nothing)), ...views];
  expect([...named].filter((key) => !known.includes(key))).toEqual([]);
});
