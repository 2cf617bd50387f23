/** The loop from the command line, with a model so small that it learns nothing: what is said, written and resumed. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, type JsonLine, linesOf, reinforce, writeWorkspace } from './reinforce.ts';
import { writeTinyModel } from './tinyModel.ts';

let root: string;
let model: string;
const small = ['tasksPerStep=2', 'tries=2', 'evaluationTries=2', 'maxTokens=8', 'checkpointEvery=1'];
const settings = small.flatMap((word) => ['--set', word]);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-training-'));
  model = await writeTinyModel(join(root, 'model'));
});
afterAll(() => rm(root, { recursive: true }));

const score = {
  tasks: expect.any(Number),
  samples: expect.any(Number),
  passAt1: expect.any(Number),
  ci95: [expect.any(Number), expect.any(Number)],
  reward: expect.any(Number),
};
const scores = { train: score, heldOut: score };

async function statusOf(run: string): Promise<string> {
  return JSON.parse(await readFile(join(run, 'run.json'), 'utf8')).status.state;
}

test('training says what it does, and evaluating its run gives the same numbers again', async () => {
  const workspace = await writeWorkspace(join(root, 'whole'), 'good');
  const common = [workspace, '--model', model, '--device', 'cpu', '--json'];
  const trained = await reinforce('train', ...common, '--steps', '2', ...settings);
  expect(trained).toMatchObject({ exitCode: 0 });
  const events = linesOf(trained.stdout);
  expect(events.filter(({ event }) => event !== 'sampling').map(({ event }) => event)).toEqual([
    'weights',
    'memory',
    'device',
    'tasks',
    'run',
    'evaluation',
    'step',
    'step',
    'evaluation',
    'result',
  ]);
  const result = events.at(-1)!;
  expect(result).toEqual({
    event: 'result',
    before: scores,
    after: scores,
    seconds: expect.any(Number),
    run: events.find(({ event }) => event === 'run')!.run,
  });
  const run = result.run as string;
  expect(await statusOf(run)).toBe('finished');

  const measured = linesOf((await reinforce('eval', ...common, '--adapter', run)).stdout).at(-1)!;
  expect(measured).toEqual({ event: 'result', ...(result.after as object), seconds: expect.any(Number) });

  const listed = linesOf((await reinforce('runs', workspace, '--json')).stdout);
  expect(listed).toMatchObject([
    {
      event: 'run',
      path: run,
      state: 'finished',
      step: 2,
      steps: 2,
      before: result.before,
      after: result.after,
    },
    { event: 'result', runs: 1 },
  ]);
});

test('accepted completions are imitated first where the setting says so, but none of held-out files', async () => {
  const workspace = await writeWorkspace(join(root, 'accepted'), 'good');
  const recorded = ['src/signs.ts', 'src/sums.ts', 'src/other.ts'].flatMap((file, at) => [
    {
      event: 'accepted',
      id: `${at}`,
      file,
      language: 'typescript',
      text: 'a + b;',
      prefix: 'f(',
      suffix: ')',
    },
    { event: 'survival', id: `${at}`, seconds: 15, survives: true, changed: 0 },
  ]);
  await mkdir(join(workspace, '.reinforce'));
  await writeFile(
    join(workspace, '.reinforce/completions.jsonl'),
    recorded.map((record) => `${JSON.stringify(record)}\n`).join(''),
  );
  const common = ['train', workspace, '--model', model, '--device', 'cpu', '--json', '--steps', '1'];
  const imitation = async (...more: string[]) => {
    const { stdout } = await reinforce(...common, ...settings, ...more);
    return linesOf(stdout).find(({ event }) => event === 'imitation');
  };
  expect(await imitation()).toBeUndefined();
  const { examples, losses } = (await imitation('--set', 'acceptedEpochs=4')) as unknown as {
    examples: number;
    losses: number[];
  };
  // One of the two files with tasks is held out.
  expect(examples).toBe(2);
  expect(losses).toHaveLength(4);
  expect(losses[3]).toBeLessThan(losses[0]!);
});

test('Ctrl+C ends a training with exit code 130, and it can be resumed', async () => {
  const workspace = await writeWorkspace(join(root, 'stopped'), 'good');
  const common = ['train', workspace, '--device', 'cpu', '--json'];
  const words = [...common, '--model', model, '--steps', '100000', ...settings];
  const running = execa(process.execPath, ['--no-warnings', cli, ...words], { reject: false, lines: true });
  const seen: JsonLine[] = [];
  for await (const line of running.iterable({ from: 'stdout' })) {
    seen.push(...linesOf(line));
    if (seen.at(-1)!.event === 'step') {
      running.kill('SIGINT');
      break;
    }
  }
  const { exitCode, stderr } = await running;
  expect(exitCode).toBe(130);
  const run = seen.find(({ event }) => event === 'run')!.run as string;
  expect(await statusOf(run)).toBe('stopped');
  expect(stderr.join('\n')).toContain(`Go on with: reinforce train ${workspace} --resume`);

  const again = execa(process.execPath, ['--no-warnings', cli, ...common, '--resume'], { reject: false });
  let step: JsonLine | undefined;
  for await (const line of again.iterable({ from: 'stdout' })) {
    step = linesOf(line).find(({ event }) => event === 'step');
    if (step) again.kill('SIGINT');
    if (step) break;
  }
  expect(step).toMatchObject({ step: (seen.at(-1)!.step as number) + 1, steps: 100000 });
  expect((await again).exitCode).toBe(130);
});

test('a completion is the text alone, and greedy unless told otherwise', async () => {
  const workspace = await writeWorkspace(join(root, 'complete'), 'good');
  const words = ['complete', `${join(workspace, 'src/sums.ts')}:1`, '--model', model, '--tokens', '6'];
  const plain = await reinforce(...words);
  const [result] = linesOf((await reinforce(...words, '--json')).stdout);
  expect(plain).toMatchObject({ exitCode: 0, stderr: '', stdout: (result!.completion as string).trimEnd() });
  expect(result).toMatchObject({ event: 'result', stop: 'length', tokens: 6 });
});

test('a completion ends before a text that it is to stop at, and reads no more than in training', async () => {
  const workspace = await writeWorkspace(join(root, 'stop'), 'good');
  const file = join(workspace, 'src/long.ts');
  await writeFile(file, `/**\n${' * A line of a long comment.\n'.repeat(20)} */\nexport function f() {\n}\n`);
  const words = ['complete', `${file}:23`, '--model', model, '--temperature', '1', '--json'];
  const whole = linesOf((await reinforce(...words)).stdout)[0]!;
  const text = whole.completion as string;
  const stop = text.slice(2, 4);
  const cut = linesOf((await reinforce(...words, '--stop', stop)).stdout)[0]!;
  expect(cut.completion).toBe(text.slice(0, text.indexOf(stop)));
  expect(cut.stop).toBe('end');
  expect(whole.promptTokens).toBe(96);
  const longer = linesOf((await reinforce(...words, '--prompt-tokens', '120')).stdout)[0]!;
  expect(longer.promptTokens).toBe(120);
});

test('a full disk ends a training with a sentence, and leaves a run that can be resumed', async (context) => {
  const small = (directory: string) => ['--dev-bind', '/', '/', '--size', '400000', '--tmpfs', directory];
  const probe = await execa('bwrap', [...small(tmpdir()), 'true'], { reject: false });
  if (probe.failed) context.skip(`bubblewrap gives no small file system here: ${probe.stderr}`);
  const workspace = await writeWorkspace(join(root, 'source'), 'good');
  const disk = join(root, 'disk');
  const words = [
    'train',
    disk,
    '--model',
    model,
    '--device',
    'cpu',
    '--isolation',
    'none',
    '--steps',
    '100000',
  ];
  const script =
    'cp -r "$0/." "$1"; shift 1; "$@"; echo "exit $?"; cd "$DISK/.reinforce/runs"/*; ls -A . checkpoints; cat run.json';
  await execa('mkdir', [disk]);
  const { stdout, stderr } = await execa(
    'bwrap',
    [
      ...small(disk),
      'sh',
      '-c',
      script,
      workspace,
      disk,
      process.execPath,
      '--no-warnings',
      cli,
      ...words,
      ...settings,
    ],
    { env: { DISK: disk } },
  );
  expect(stderr.trim().split('\n').at(-1)).toMatch(
    /^There is no room left to write \/.* \(ENOSPC\): free some disk space, then resume\.$/,
  );
  const [, files, info] = /\nexit 1\n(.*?)\n(\{.*)$/s.exec(stdout)!;
  expect(files).not.toMatch(/\.(new|old)\b|\.tmp-/);
  expect(files).toMatch(/step-\d+/);
  expect(JSON.parse(info!)).toMatchObject({ format: 1, config: { steps: 100000 } });
});
