import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSafetensors } from '../../../trainer/model/safetensors.ts';
import { Lock } from '../../../trainer/run/lock.ts';
import { RunDirectory, readTasks } from '../../../trainer/run/runDirectory.ts';
import { listRuns, prepareRuns, readRunLog } from '../../../trainer/run/workspaceRuns.ts';
import { checkpoint, collect, episode, newRun, trained } from './runs.ts';

const stateSchema = z.object({ rng: z.number() });
let workspace: string;
let root: string;
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'reinforce-run-'));
  root = await prepareRuns(workspace);
});
afterEach(() => rm(workspace, { recursive: true }));

/** Steps `from` to `to` of a run, with a checkpoint after each. */
async function go(run: RunDirectory, from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step++) {
    await run.appendEpisodes([episode(step), episode(step)]);
    await run.appendStep({ step, metrics: { reward: step / 10 }, timings: { learning: 0.1 } });
    await run.appendEvent({ event: 'step', step });
    await run.saveCheckpoint(checkpoint(step));
  }
}

describe('a run', () => {
  it('is kept out of sight of version control', async () => {
    expect(await readFile(join(workspace, '.reinforce', '.gitignore'), 'utf8')).toBe('*\n');
    expect(await prepareRuns(workspace)).toBe(root);
  });

  it('can be read while it is written, and after', async () => {
    const run = await RunDirectory.create(root, newRun);
    await go(run, 1, 3);
    const episodes = await collect(readRunLog(run.path, 'episodes'));
    expect(episodes.map(({ time, ...rest }) => rest)).toEqual([1, 1, 2, 2, 3, 3].map(episode));
    expect((await collect(readRunLog(run.path, 'steps'))).map((record) => record.metrics.reward)).toEqual([
      0.1, 0.2, 0.3,
    ]);
    expect(await listRuns(root)).toMatchObject([{ path: run.path, interrupted: false }]);

    await run.finish('finished', 'All steps are done.');
    expect(await listRuns(root)).toMatchObject([
      {
        info: { ...newRun, versions: { node: process.version }, status: { state: 'finished' } },
        interrupted: false,
      },
    ]);
  });

  it.each([
    ['its directory', (run: string) => run],
    ['all of .reinforce', (run: string) => join(run, '../..')],
    ['its lock', (run: string) => join(run, 'lock.1')],
    ['the lock of the training that writes it', (run: string) => join(run, '../../training')],
  ])('ends with a sentence when somebody deletes %s meanwhile, and leaves nothing there', async (_, gone) => {
    await using training = await Lock.acquire(join(workspace, '.reinforce', 'training'), 'The workspace');
    await using run = await RunDirectory.create(root, newRun, training);
    await go(run, 1, 1);
    const deleted = gone(run.path);
    await rm(deleted, { recursive: true });
    await expect(go(run, 2, 2)).rejects.toThrow(
      /^\/.*lock\.1, which keeps others .* was deleted meanwhile: .+\.$/,
    );
    await expect(run.saveCheckpoint(checkpoint(2))).rejects.toThrow(/was deleted meanwhile/);
    await expect(run.saveBest(trained(2), {})).rejects.toThrow(/was deleted meanwhile/);
    await expect(run.finish('finished')).rejects.toThrow(/was deleted meanwhile/);
    await expect(stat(deleted)).rejects.toThrow('ENOENT');
  });

  it('is not begun where a file stands in its place', async () => {
    await rm(join(workspace, '.reinforce'), { recursive: true });
    await writeFile(join(workspace, '.reinforce'), '');
    await expect(prepareRuns(workspace)).rejects.toThrow(
      `${root} cannot be made, because there is a file in its place: move that away.`,
    );
  });

  it('holds its tasks, each with where its body opens', async () => {
    await using run = await RunDirectory.create(root, newRun);
    const prefix = 'const one = 1;\n\n/** Adds. */\nexport function add(a, b) {';
    const shared = { id: 'src/add.js#add', file: 'src/add.js', name: 'add', language: 'javascript' } as const;
    const [body, tests] = ['\n  return a + b;\n', ['test/add.test.js > adds']];
    const headerStart = prefix.indexOf('/**');
    await run.writeTasks([{ ...shared, split: 'train', prefix, body, suffix: '}\n', headerStart, tests }]);
    const header = '/** Adds. */\nexport function add(a, b) {';
    expect(await readTasks(run.path)).toEqual({
      format: 1,
      tasks: [{ ...shared, split: 'train', line: 4, header, body, tests }],
    });
  });

  it('keeps its last two checkpoints and the best weights', async () => {
    await using run = await RunDirectory.create(root, newRun);
    await go(run, 1, 4);
    expect(await readdir(join(run.path, 'checkpoints'))).toEqual(['step-3', 'step-4']);
    for (const step of [2, 4]) await run.saveBest(trained(step), { step, passAt1: 0.5 });
    expect((await readdir(run.path)).filter((name) => name.startsWith('best'))).toEqual(['best']);
    expect(JSON.parse(await readFile(join(run.path, 'best', 'about.json'), 'utf8'))).toEqual({
      step: 4,
      passAt1: 0.5,
    });
    const best = await readSafetensors(join(run.path, 'best', 'adapter_model.safetensors'));
    expect(best.get('base_model.model.a')!.data).toEqual(new Float32Array(4).fill(4));
  });

  it('that was interrupted goes on from its last checkpoint, its logs cut back to it', async () => {
    const run = await RunDirectory.create(root, newRun);
    await go(run, 1, 3);
    await run.appendEpisodes([episode(4)]);
    await run.appendEvent({ event: 'sampling', step: 4 });
    await run.close();
    expect(await listRuns(root)).toMatchObject([{ interrupted: true }]);

    await using again = await RunDirectory.open(run.path);
    const resumed = await again.resume(stateSchema);
    expect(resumed).toMatchObject({ step: 3, state: { rng: 3 } });
    expect(resumed!.optimizer.get('m/a')!.data).toEqual(new Float32Array(4).fill(3));
    expect(await collect(readRunLog(run.path, 'episodes'))).toHaveLength(6);
    await go(again, 4, 4);
    const steps = await collect(readRunLog(run.path, 'steps'));
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  });

  it('that was interrupted before its first checkpoint starts from its beginning', async () => {
    const run = await RunDirectory.create(root, newRun);
    await run.appendEpisodes([episode(1)]);
    await run.close();
    await using again = await RunDirectory.open(run.path);
    expect(await again.resume(stateSchema)).toBeUndefined();
    expect(await collect(readRunLog(run.path, 'episodes'))).toEqual([]);
  });

  it('started in the same second as another has a directory of its own', async () => {
    await using one = await RunDirectory.create(root, newRun);
    await using two = await RunDirectory.create(root, newRun);
    expect(two.path).not.toBe(one.path);
  });
});

describe('damage', () => {
  it.each([
    ['run.json', /run\.json is not valid JSON: choose another run/],
    [
      'checkpoints/step-2/state.json',
      /step-2\/state\.json is not valid JSON: delete this checkpoint to resume/,
    ],
    ['checkpoints/step-2/optimizer.safetensors', /optimizer\.safetensors: .*the file is damaged/],
  ])('of %s is told by a sentence', async (name, sentence) => {
    const run = await RunDirectory.create(root, newRun);
    await go(run, 1, 2);
    await run.close();
    await writeFile(join(run.path, name), '{"half');
    const reopen = async () => {
      await using again = await RunDirectory.open(run.path);
      await again.resume(stateSchema);
    };
    await expect(reopen()).rejects.toThrow(sentence);
  });

  it('of a log is told with its line, and a log shorter than its checkpoint is refused', async () => {
    const run = await RunDirectory.create(root, newRun);
    await go(run, 1, 2);
    await run.close();
    const path = join(run.path, 'steps.jsonl');
    await writeFile(path, '{}\n');
    await expect(collect(readRunLog(run.path, 'steps'))).rejects.toThrow(/steps\.jsonl, line 1: field time/);
    await using again = await RunDirectory.open(run.path);
    await expect(again.resume(stateSchema)).rejects.toThrow(
      /steps\.jsonl has 3 bytes and its checkpoint counts on/,
    );
  });

  it('of one run does not hide the others', async () => {
    await using run = await RunDirectory.create(root, newRun);
    await mkdir(join(root, '2000-01-01T00-00-00'));
    await writeFile(join(root, '2000-01-01T00-00-00', 'run.json'), '{}');
    await mkdir(join(root, 'begun'));
    expect(await listRuns(root)).toMatchObject([
      { path: run.path },
      { damaged: expect.stringContaining('field') },
    ]);
  });

  it('that a kill left between two renames is mended', async () => {
    const run = await RunDirectory.create(root, newRun);
    await run.saveBest(trained(1), { step: 1 });
    await run.close();
    await rename(join(run.path, 'best'), join(run.path, 'best.old'));
    await mkdir(join(run.path, 'best.new'));
    await mkdir(join(run.path, 'checkpoints', 'step-9.new'), { recursive: true });
    await writeFile(join(run.path, 'run.json.tmp-123'), '{');
    await using again = await RunDirectory.open(run.path);
    expect(await readdir(join(run.path, 'best'))).toContain('about.json');
    expect(await again.resume(stateSchema)).toBeUndefined();
    expect((await readdir(run.path, { recursive: true })).filter((name) => /new|old|tmp/.test(name))).toEqual(
      [],
    );
  });
});
