/** The trainer as a real process, with a model so small that it learns nothing. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
  continueRequest,
  evaluateRequest,
  pauseRequest,
  preflightRequest,
  resumeRunRequest,
  shutdownRequest,
  startRequest,
  stopRequest,
  type TrainingWish,
  tasksRequest,
  trainerTyping,
} from '../../../trainer/protocol.ts';
import { Lock } from '../../../trainer/run/lock.ts';
import { reinforce, writeWorkspace } from '../cli/reinforce.ts';
import { writeTinyModel } from '../cli/tinyModel.ts';
import { readAddress, type StartedTrainer, startTrainer, Window } from './trainerProcess.ts';

let root: string;
let wish: TrainingWish;
const started: StartedTrainer[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-trainers-'));
  const model = await writeTinyModel(join(root, 'model'));
  const small = { tasksPerStep: 2, tries: 2, evaluationTries: 2, maxTokens: 8, checkpointEvery: 1 };
  wish = { model, device: 'cpu', isolation: 'auto', settings: { ...small, steps: 100_000, klLimit: 0 } };
});
afterEach(async () => {
  for (const { process, ended } of started.splice(0)) {
    if (process.exitCode === null && process.signalCode === null) process.kill('SIGTERM');
    await ended;
  }
});
afterAll(() => rm(root, { recursive: true }));

function start(workspace: string, ...words: string[]): StartedTrainer {
  const trainer = startTrainer(workspace, ...words);
  started.push(trainer);
  return trainer;
}

const good = (name: string) => writeWorkspace(join(root, name), 'good');
const statusOf = async (run: string) => JSON.parse(await readFile(join(run, 'run.json'), 'utf8')).status;

test('says what it is doing, to every window, and stops so that the run can be resumed', async () => {
  const workspace = await good('watched');
  start(workspace);
  using first = await Window.attach(workspace);
  expect(first.state).toMatchObject({ phase: 'idle', workspace, step: 0 });
  await first.connection.sendRequest(startRequest, wish);
  expect(first.state.run?.path).toContain(workspace);

  using second = await Window.attach(workspace);
  expect(second.state).toMatchObject({ activity: 'training', run: first.state.run });
  const later = await second.until(({ step, reward }) => step >= 2 && reward !== undefined);
  expect(later).toMatchObject({ steps: 100_000, heldOutBefore: { passAt1: expect.any(Number) } });
  expect(later.progress).toBeGreaterThan(0);
  const phases = new Set(first.states.map((state) => state.phase));
  expect([...phases].sort()).toEqual(
    expect.arrayContaining(['evaluating', 'idle', 'learning', 'preparing', 'sampling']),
  );
  await expect(second.connection.sendRequest(startRequest, wish)).rejects.toThrow(
    'The trainer is training already: wait for it, or stop it first.',
  );

  await first.connection.sendRequest(stopRequest);
  const { lastEnd, phase } = await second.until((state) => state.phase === 'idle');
  expect({ lastEnd, phase }).toMatchObject({
    phase: 'idle',
    lastEnd: { activity: 'training', outcome: 'stopped', reason: 'It was stopped.', run: later.run!.path },
  });
  expect(await statusOf(later.run!.path)).toMatchObject({ state: 'stopped' });
  expect(second.states.map((state) => state.phase)).toContain('stopping');
});

test('killed in the middle, the next one goes on with its run', async () => {
  const workspace = await good('killed');
  const { process: child, ended } = start(workspace);
  using window = await Window.attach(workspace);
  await window.connection.sendRequest(startRequest, wish);
  const { run, step } = await window.until((state) => state.step >= 2);
  const { socket } = await readAddress(workspace);
  child.kill('SIGKILL');
  await Promise.all([ended, window.closed]);
  expect(window.saidGoodbye).toBe(false);
  expect(await statusOf(run!.path)).toMatchObject({ state: 'running' });

  start(workspace);
  using again = await Window.attach(workspace, child.pid);
  await expect(stat(dirname(socket))).rejects.toThrow('ENOENT'); // What the killed one left is gone.
  await again.connection.sendRequest(resumeRunRequest, { isolation: 'auto' });
  expect(again.state).toMatchObject({ run, heldOutBefore: { tasks: 1, passAt1: expect.any(Number) } });
  await again.until((state) => state.step > step);
  await again.connection.sendRequest(stopRequest);
});

test('a second trainer of the same workspace ends with a code of its own, and the first goes on', async () => {
  const workspace = await good('twice');
  start(workspace);
  using window = await Window.attach(workspace);
  const second = await start(workspace).ended;
  expect(second).toMatchObject({ code: 3, errors: expect.stringContaining('is in use by process') });
  using other = await Window.attach(workspace);
  expect(other.state.pid).toBe(window.state.pid);
});

test('never trains while the command line does, nor the command line while it does', async () => {
  const workspace = await good('both');
  start(workspace);
  using window = await Window.attach(workspace);
  const { connection, state } = window;
  {
    await using _lock = await Lock.acquire(join(workspace, '.reinforce/training'), '', 'reinforce train');
    const sentence = expect.stringMatching(/^The workspace is in use by reinforce train \(process \d+ on /);
    expect((await connection.sendRequest(preflightRequest, wish)).obstacles).toEqual([sentence]);
    await expect(connection.sendRequest(startRequest, wish)).rejects.toThrow(
      'The workspace is in use by reinforce train',
    );
  }
  await connection.sendRequest(startRequest, wish);
  const { exitCode, stderr } = await reinforce('train', workspace);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringContaining(`a training that a VS Code window started (process ${state.pid} on `),
  });
  await connection.sendRequest(stopRequest);
});

test('pauses, goes on, and lets a person who types go first', async () => {
  const workspace = await good('paused');
  start(workspace);
  using window = await Window.attach(workspace);
  const { connection } = window;
  await expect(connection.sendRequest(pauseRequest, { because: 'user' })).rejects.toThrow(
    'Nothing is being trained that could be paused.',
  );
  await connection.sendRequest(startRequest, wish);
  await window.until((state) => state.step >= 1);

  await connection.sendRequest(pauseRequest, { because: 'battery' });
  expect(await window.until((state) => state.phase === 'paused')).toMatchObject({
    pausedBecause: 'battery',
  });
  await connection.sendRequest(continueRequest);
  const { step } = await window.until((state) => state.phase !== 'paused');
  await window.until((state) => state.step > step + 1);

  // While somebody types no step ends, though steps of this model take a fraction of a yield.
  await connection.sendNotification(trainerTyping, { milliseconds: 3000 });
  await connection.sendRequest(pauseRequest, { because: 'user' });
  await connection.sendRequest(continueRequest); // Answered: the yield has been read by now.
  const quiet = window.states.length;
  const begun = performance.now();
  const { step: before } = window.state;
  await window.until((state) => state.step > before + 1);
  expect(performance.now() - begun).toBeGreaterThan(1000);
  expect(window.states.length).toBeGreaterThan(quiet);
  await connection.sendRequest(stopRequest);
});

test('goes on when windows vanish in the middle of what they are told', async () => {
  const workspace = await good('left');
  const trainer = start(workspace);
  using window = await Window.attach(workspace);
  await window.connection.sendRequest(startRequest, wish);
  const { step } = await window.until((state) => state.step >= 1);
  for (let i = 0; i < 40; i++) {
    const vanishing = await Promise.race([Window.attach(workspace), trainer.ended]);
    if (!(vanishing instanceof Window)) throw new Error(`The trainer ended: ${vanishing.errors}`);
    vanishing.vanish();
  }
  await window.until((state) => state.step > step + 2);
  await window.connection.sendRequest(stopRequest);
});

test('looks at everything before a training, and keeps the tasks for it', async () => {
  const workspace = await good('preflight');
  start(workspace);
  using window = await Window.attach(workspace);
  const found = await window.connection.sendRequest(preflightRequest, wish);
  expect(found).toMatchObject({
    tasks: { known: true, train: 2, heldOut: 1, files: 2, tests: 3, rejected: 0 },
    sandbox: { known: true },
    device: { known: true, device: 'cpu' },
    model: { known: true, name: 'model' },
    memory: { known: true },
    time: { known: true },
    obstacles: [],
    warnings: ['There are only 2 tasks to train on: the model will learn these few functions by heart.'],
  });
  const listed = await window.connection.sendRequest(tasksRequest, { isolation: 'auto' });
  expect(listed.tasks.map(({ id, line }) => `${id} ${line}`)).toEqual([
    'src/signs.ts#negate 1',
    'src/signs.ts#isNegative 5',
    'src/sums.ts#add 1',
  ]);
  const scores = await window.connection.sendRequest(evaluateRequest, {
    model: wish.model!,
    device: 'cpu',
    isolation: 'auto',
  });
  expect(scores).toMatchObject({ train: { tasks: 2 }, heldOut: { tasks: 1, samples: 8 } });
});

test('says why no training can start', async () => {
  const workspace = await writeWorkspace(join(root, 'untested'), 'without tests');
  start(workspace);
  using window = await Window.attach(workspace);
  const nowhere = { ...wish, model: join(root, 'nowhere') };
  const found = await window.connection.sendRequest(preflightRequest, nowhere);
  expect(found.obstacles).toEqual([
    expect.stringMatching(/^No tests were found in /),
    expect.stringMatching(/^There is no model at .*nowhere/),
  ]);
  expect(found.tasks).toEqual({ known: false, why: found.obstacles[0] });
});

test('ends what a window cancels, and refuses settings that are out of range', async () => {
  const workspace = await good('cancelled');
  start(workspace);
  using window = await Window.attach(workspace);
  const cancel = new CancellationTokenSource();
  const cancelled = window.connection.sendRequest(preflightRequest, wish, cancel.token);
  await window.until((state) => state.phase === 'collecting');
  cancel.cancel();
  await expect(cancelled).rejects.toThrow('It was cancelled.');
  expect(window.state.phase).toBe('idle');
  await expect(
    window.connection.sendRequest(startRequest, { ...wish, settings: { tries: 0 } }),
  ).rejects.toThrow(/^The setting tries cannot be 0/);
});

test('names the tests that fail before a training, by which nothing will be judged', async () => {
  const workspace = await writeWorkspace(join(root, 'red'), 'with a failing test');
  start(workspace);
  using window = await Window.attach(workspace);
  const { tasks, warnings } = await window.connection.sendRequest(preflightRequest, wish);
  expect(tasks).toMatchObject({ known: true, files: 1, tests: 2, leftOut: 1 });
  expect(warnings).toContainEqual(
    expect.stringMatching(/^Nothing is judged by tests .*sums\.test\.ts > add\./),
  );
});

test('ends by itself once nobody is attached, and at once when it is asked to', async () => {
  const workspace = await good('idle');
  const { ended } = start(workspace, '--idle-seconds', '0.2');
  {
    using _window = await Window.attach(workspace);
  }
  expect(await ended).toMatchObject({ code: 0, signal: null });
  await expect(readAddress(workspace)).rejects.toThrow('ENOENT');

  const next = start(workspace);
  using window = await Window.attach(workspace);
  await window.connection.sendRequest(shutdownRequest);
  expect(await next.ended).toMatchObject({ code: 0, signal: null });
  await window.closed;
  expect(window.saidGoodbye).toBe(true);
});
