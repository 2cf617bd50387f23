/** What a person can get wrong is told in one sentence with a remedy, exit code 1, and nothing is left behind. */
import { access, cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, reinforce, writeWorkspace } from './reinforce.ts';
import { writeTinyModel } from './tinyModel.ts';

let root: string;
let model: string;
let workspace: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-bad-input-'));
  model = await writeTinyModel(join(root, 'model'));
  workspace = await writeWorkspace(join(root, 'workspace'), 'good');
});
afterAll(() => rm(root, { recursive: true }));

/** Expects a refusal, in plain and in JSON, whose sentence matches. */
async function expectRefusal(sentence: RegExp, ...words: string[]): Promise<void> {
  const { exitCode, stderr } = await reinforce(...words);
  expect(stderr.trim()).toMatch(sentence);
  expect(stderr.trim()).not.toContain('\n');
  expect(exitCode).toBe(1);
}

const train = (folder: string, ...words: string[]) => [
  'train',
  folder,
  '--model',
  model,
  '--device',
  'cpu',
  ...words,
];

describe('a workspace', () => {
  test.each([
    [
      'empty',
      /^No JavaScript, TypeScript or Python sources were found in .*: open the folder that holds your code\.$/,
    ],
    ['without tests', /^No tests were found in .*: add files such as test\/name\.test\.ts/],
    [
      'with failing tests',
      /^All tests fail already: test\/signs\.test\.ts > negate; .*; test\/sums\.test\.ts > add\. Make them pass, /,
    ],
  ] as const)('%s', async (kind, sentence) => {
    const folder = await writeWorkspace(join(root, kind), kind);
    await expectRefusal(sentence, ...train(folder));
    // Of what was found out about its tests there may be a cache.
    await expect(access(join(folder, '.reinforce/runs'))).rejects.toThrow();
  });

  test('that does not exist', async () => {
    await expectRefusal(
      /^The workspace folder .*nowhere does not exist: check the path\.$/,
      ...train(join(root, 'nowhere')),
    );
  });
});

describe('a model', () => {
  const refuseModel = async (sentence: RegExp, directory: string) => {
    await expectRefusal(sentence, 'train', workspace, '--model', directory, '--device', 'cpu');
    await expect(access(join(workspace, '.reinforce'))).rejects.toThrow();
  };

  test('whose directory is missing', async () => {
    await refuseModel(/^There is no model at .*no-model: name a directory .*\.$/, join(root, 'no-model'));
  });

  test('whose directory holds something else', async () => {
    await refuseModel(/^\/.* is no model \(.*config\.json.*\): name a directory .*\.$/, workspace);
  });

  test('whose safetensors file was cut off', async () => {
    const directory = join(root, 'truncated');
    await cp(model, directory, { recursive: true });
    await truncate(join(directory, 'model.safetensors'), 4000);
    await refuseModel(
      /model\.safetensors: tensor .* ends at byte \d+ and the file has 4000: the file is damaged, /,
      directory,
    );
  });

  test('whose config asks for something else', async () => {
    const directory = join(root, 'gelu');
    await cp(model, directory, { recursive: true });
    const config = JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'));
    await writeFile(join(directory, 'config.json'), JSON.stringify({ ...config, hidden_act: 'gelu' }));
    await refuseModel(
      /gelu\/config\.json: field hidden_act is "gelu" .*: choose a model of a supported family/,
      directory,
    );
  });

  test('without a tokenizer', async () => {
    const directory = join(root, 'mute');
    await cp(model, directory, { recursive: true });
    await rm(join(directory, 'tokenizer.json'));
    await refuseModel(/mute\/tokenizer\.json cannot be read; .*download the model again/, directory);
  });
});

test.each([
  [
    /^The setting learningRate cannot be "fast" \(expected number, received string\): correct it\.$/,
    ['train', '.', '--set', 'learningRate=fast'],
  ],
  [/^A resumed run keeps its .*: leave out --steps\.$/, ['train', '.', '--resume', '--steps', '3']],
  [
    /^Option '--device <device>' argument 'tpu' is invalid\. .*: see "reinforce eval --help"\.$/,
    ['eval', '.', '--device', 'tpu'],
  ],
  [/^Unknown command 'trian'.*: see "reinforce --help"/, ['trian']],
  [/^Missing required argument 'repository': see "reinforce model get --help"\.$/, ['model', 'get']],
  [/^The workspace folder .*nowhere does not exist: check the path\.$/, ['runs', 'nowhere']],
  [/^The workspace .*package\.json is a file: name the folder .*\.$/, ['tasks', 'package.json']],
  [/^"1\.5" is not a whole number: correct it\.$/, ['complete', 'a.ts:1', '--tokens', '1.5']],
])('a word of the command line: %s', async (sentence, words) => {
  await expectRefusal(sentence, ...words);
});

test('a run to resume that is not there', async () => {
  await expectRefusal(
    /^There is no run to resume in .*runs: start a new one\.$/,
    'train',
    workspace,
    '--resume',
  );
  await expectRefusal(
    /^.*yesterday\/run\.json does not exist: /,
    'train',
    workspace,
    '--resume',
    'yesterday',
  );
});

test('an adapter that is not there, and one of another model', async () => {
  await expectRefusal(
    /^There is neither a run nor an adapter at nothing: list the runs with "reinforce runs /,
    ...['eval', workspace, '--model', model, '--adapter', 'nothing'],
  );
  const other = join(import.meta.dirname, '../../../test-fixtures/golden/llama-tied/adapter');
  await expectRefusal(
    /adapter_model\.safetensors: tensor .* and the model asks for .*: use an adapter of this model\.$/,
    ...['eval', workspace, '--model', model, '--adapter', other, '--device', 'cpu'],
  );
});

test('a place to complete that is not there', async () => {
  const file = join(workspace, 'src/sums.ts');
  await expectRefusal(/^".*sums\.ts" does not name a line: give a file and a line/, 'complete', file);
  await expectRefusal(/sums\.ts has 4 lines and no line 9: choose one of them\.$/, 'complete', `${file}:9`);
  await expectRefusal(/gone\.ts does not exist: check the path\.$/, 'complete', join(root, 'gone.ts:1'));
});

test('with --json the sentence is an event as well', async () => {
  const { exitCode, stdout, stderr } = await reinforce('tasks', join(root, 'nowhere'), '--json');
  expect(exitCode).toBe(1);
  expect(linesOf(stdout)).toEqual([{ event: 'error', message: stderr.trim() }]);
});
