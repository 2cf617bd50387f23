/** The completion server as a real process, with the embedded model. */
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node';
import { embeddedModel, sampleWorkspace } from '../../../trainer/cli/places.ts';
import { newAdapter } from '../../../trainer/model/adapter.ts';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { writeAdapter } from '../../../trainer/model/peft.ts';
import { type CompleteAnswer, completeRequest } from '../../../trainer/protocol/completion.ts';
import { Random } from '../../../trainer/random.ts';
import { hasSoftwareGpu, softwareGpuVariables } from '../../softwareGpu.ts';
import { linesOf, reinforce } from '../cli/reinforce.ts';
import { at, ServerProcess } from './serverProcess.ts';

let server: ServerProcess;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reinforce-completion-'));
  server = new ServerProcess();
  expect(await server.load()).toMatchObject({ kind: 'loaded', contextTokens: 512, fillInTheMiddle: true });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const header =
  '/** Returns the sum of all numbers in the list. */\nexport function sum(values: number[]): number {';

/** An emptied function of the sample workspace, and the body that `reinforce complete` writes into it. */
async function commandLine(...options: string[]): Promise<{ marked: string; expected: string }> {
  const text = await readFile(join(sampleWorkspace, 'src/arrays.ts'), 'utf8');
  const bodyStart = text.indexOf('{') + 1;
  const [before, after] = [text.slice(0, bodyStart), text.slice(text.indexOf('}'))];
  const copy = join(folder, 'arrays.ts');
  await writeFile(copy, before + after);
  const place = `${copy}:${before.split('\n').length}`;
  const { stdout } = await reinforce('complete', place, '--json', ...options);
  const { completion } = linesOf(stdout).find(({ event }) => event === 'result')!;
  return { marked: `${before}¦${after}`, expected: completion as string };
}

/** An adapter that changes what the embedded model writes. */
async function writeRandomAdapter(directory: string): Promise<void> {
  const lora = { rank: 4, alpha: 8 };
  const tensors = newAdapter(await readLlamaConfig(embeddedModel), lora, 1);
  const random = new Random('b');
  for (const [name, { data }] of tensors) {
    if (name.endsWith('lora_B.weight'))
      for (let i = 0; i < data.length; i++) data[i] = (random.uniform() - 0.5) / 2;
  }
  await mkdir(directory, { recursive: true });
  await writeAdapter(directory, { lora, tensors }, embeddedModel);
}

describe('with the embedded model', () => {
  test('a function’s body is what the command line writes', async () => {
    const { marked, expected } = await commandLine();
    expect(await server.complete(at(marked))).toMatchObject({
      kind: 'completion',
      form: 'function-body',
      text: expected,
    });
    // The cursor where an editor puts it, on a line of its own.
    const onOwnLine = await server.complete(at(marked.replace('¦', '\n  ¦\n')));
    expect(onOwnLine).toMatchObject({ form: 'function-body', text: expected.trim() });
  });

  test('so it is with an adapter, under prompts of the length that its run had', async () => {
    const adapter = join(folder, 'run/checkpoints/step-3');
    await writeRandomAdapter(adapter);
    const { marked, expected } = await commandLine('--adapter', adapter);
    await using tuned = new ServerProcess();
    await tuned.load({ adapter });
    const answer = await tuned.complete(at(marked));
    expect(answer).toMatchObject({ kind: 'completion', text: expected });
    const base = await server.complete(at(marked));
    expect(base.kind === 'completion' && base.text).not.toBe(expected);

    await writeFile(join(folder, 'run/run.json'), JSON.stringify({ config: { promptTokens: 40 } }));
    await tuned.load({ adapter });
    const body = `${'function other() {\n  return 1;\n}\n\n'.repeat(9)}function f() {¦}`;
    const [short, long] = [await tuned.complete(at(body)), await server.complete(at(body))];
    const promptTokens = (of: CompleteAnswer) => (of.kind === 'completion' ? of.timings.promptTokens : 0);
    expect(promptTokens(short)).toBeGreaterThan(20);
    expect(promptTokens(short)).toBeLessThanOrEqual(40);
    expect(promptTokens(long)).toBeGreaterThan(40);
  });

  test('the middle is filled in where more follows', async () => {
    const answer = await server.complete(at(`${header}\n  let total = 0;\n  ¦\n  return total;\n}\n`));
    expect(answer).toMatchObject({ kind: 'completion', form: 'fill-in-the-middle' });
    const text = answer.kind === 'completion' ? answer.text : '';
    const sum = new Function('values', `let total = 0; ${text}\n return total;`);
    expect(sum([1, 2, 30])).toBe(33);
  });

  test('a word that is begun is gone on with', async () => {
    const answer = await server.complete(at(`${header}\n  ret¦\n}\n`));
    expect(answer).toMatchObject({ kind: 'completion', text: expect.stringMatching(/^urn /) });
  });

  test('each key reads only what is new, and says what a server that starts anew says', async () => {
    const typed = `${header}\n  return values.`;
    await using fresh = new ServerProcess();
    for (let length = typed.length - 8; length <= typed.length; length++) {
      const request = at(`${typed.slice(0, length)}¦\n}\n`);
      await fresh.load();
      const [ours, theirs] = [await server.complete(request), await fresh.complete(request)];
      if (ours.kind !== 'completion' || theirs.kind !== 'completion') throw new Error('nothing came');
      expect(ours.text).toBe(theirs.text);
      expect(theirs.timings.reusedTokens).toBe(0);
      if (length > typed.length - 8) {
        expect(ours.timings.promptTokens - ours.timings.reusedTokens).toBeLessThanOrEqual(3);
      }
    }
  });

  describe('a cancelled completion', () => {
    // A line that the model never ends.
    const long = at(`const a = '${'-'.repeat(94)}¦`, { maxTokens: 400 });
    const asked = (token: CancellationToken) => server.connection.sendRequest(completeRequest, long, token);

    test('ends when it was cancelled before its turn', async () => {
      const uncancelled = await server.complete(long);
      expect(uncancelled.kind === 'completion' && uncancelled.timings.tokens).toBe(400);
      const cancel = new CancellationTokenSource();
      const answer = asked(cancel.token);
      cancel.cancel();
      expect(await answer).toMatchObject({ kind: 'nothing', reason: 'cancelled' });
      expect((await answer) as { tokens: number }).toHaveProperty(
        'tokens',
        expect.toSatisfy((tokens) => tokens < 200),
      );
    });

    test('ends within a few tokens when it is being written, and others come to their turn', async () => {
      const cancel = new CancellationTokenSource();
      const started = once(server, 'busy');
      const answer = asked(cancel.token);
      await started;
      cancel.cancel();
      const { kind, tokens } = (await answer) as { kind: string; tokens: number };
      expect(kind).toBe('nothing');
      expect(tokens).toBeLessThan(200);
      expect((await server.complete(long)).kind).toBe('completion');
    });
  });

  test('what it does is told, with the memory that it takes', async () => {
    const phases = server.states.map(({ phase }) => phase);
    expect(phases.slice(0, 2)).toEqual(['loading', 'ready']);
    expect(server.states.every(({ residentBytes }) => residentBytes > 1e7)).toBe(true);
  });
});

describe('on another device', () => {
  test('the processor computes unless told otherwise, and what computes is told', async () => {
    await using other = new ServerProcess();
    expect(await other.load()).toMatchObject({ device: 'cpu', reason: 'it was asked for' });
    const { XDG_RUNTIME_DIR, ...none } = softwareGpuVariables();
    const nowhere = Object.fromEntries(Object.keys(none).map((name) => [name, '/nowhere']));
    await using without = new ServerProcess(nowhere);
    expect(await without.load({ device: 'webgpu' })).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/^WebGPU does not work here \(.+\): .+\.$/),
    });
  });

  test.skipIf(!hasSoftwareGpu())('a graphics card writes what the processor writes', async () => {
    // Few tokens: this card is a program.
    const request = at('const total = a.¦', { maxTokens: 3 });
    const expected = await server.complete(request);
    await using gpu = new ServerProcess(softwareGpuVariables());
    expect(await gpu.load({ device: 'webgpu' })).toMatchObject({ kind: 'loaded', device: 'webgpu' });
    const answer = await gpu.complete(request);
    const text = expected.kind === 'completion' && expected.text;
    expect(answer).toMatchObject({ kind: 'completion', text });
  });
});

describe('what goes wrong', () => {
  test('a folder without a model is answered by a sentence, and another can be loaded afterwards', async () => {
    await using broken = new ServerProcess();
    expect(await broken.load({ model: folder })).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/ is no model \(.+\): .+\.$/),
    });
    expect(await broken.complete(at(`${header}¦}`))).toMatchObject({ kind: 'nothing', reason: 'no-policy' });
    expect(await broken.load({ model: embeddedModel, adapter: join(folder, 'none') })).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/adapter_config\.json does not exist: .+\.$/),
    });
    expect(await broken.load()).toMatchObject({ kind: 'loaded' });
  });

  test('a killed server ends what was asked of it, and one whose input ends is gone', async () => {
    await using killed = new ServerProcess();
    await killed.load();
    const answer = killed.complete(at(`${header}¦}`));
    killed.child.kill('SIGKILL');
    await expect(answer).rejects.toThrow();
    const left = new ServerProcess();
    await left.load();
    left.child.stdin!.end();
    const [code] = await once(left.child, 'exit');
    expect(code).toBe(0);
    left.connection.dispose();
  });
});
