/** From accepted completions over a short training to the completions of its adapter. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOf, reinforce, writeWorkspace } from '../cli/reinforce.ts';
import { at, ServerProcess } from './serverProcess.ts';

const header =
  '/** Returns the sum of two numbers. */\nexport function total(a: number, b: number): number {';
/** Not what the embedded model writes by itself. */
const own = '\n  return plus(a, b);\n';
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-trained-'));
});
afterAll(() => rm(root, { recursive: true }));

test('a training that learns from what was accepted makes completions like it, the same in the window and the terminal', async () => {
  const workspace = await writeWorkspace(root, 'good');
  const accepted = { event: 'accepted', id: '1', file: 'src/other.ts', language: 'typescript', text: own };
  const records = [
    { ...accepted, prefix: header, suffix: '}\n' },
    { event: 'survival', id: '1', seconds: 300, survives: true, changed: 0 },
  ];
  await mkdir(join(workspace, '.reinforce'));
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFile(join(workspace, '.reinforce/completions.jsonl'), lines);
  const small = ['tasksPerStep=2', 'tries=2', 'evaluationTries=1', 'maxTokens=24', 'acceptedEpochs=20'];
  const words = ['train', workspace, '--device', 'cpu', '--steps', '2', '--json'];
  const trained = await reinforce(...words, ...small.flatMap((word) => ['--set', word]));
  expect(trained).toMatchObject({ exitCode: 0 });
  const events = linesOf(trained.stdout);
  expect(events.filter(({ event }) => event === 'step')).toHaveLength(2);
  const run = events.at(-1)!.run as string;

  const request = at(`${header}¦}\n`);
  await using server = new ServerProcess();
  await server.load();
  const base = await server.complete(request);
  expect(base.kind === 'completion' && base.text).not.toBe(own);
  await server.load({ adapter: join(run, 'checkpoints/step-2') });
  expect(await server.complete(request)).toMatchObject({ kind: 'completion', text: own });

  const file = join(workspace, 'src/new.ts');
  await writeFile(file, `${header}}\n`);
  const written = await reinforce('complete', `${file}:2`, '--json', '--adapter', run);
  expect(linesOf(written.stdout).at(-1)).toMatchObject({ event: 'result', completion: own });
});
