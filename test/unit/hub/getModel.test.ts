/** Getting models from a hub whose connections break, and what other tools then find in the cache. */
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanCacheDir } from '@huggingface/hub';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HumanError } from '../../../sandbox/humanError.ts';
import { parseHubName, resolveModel } from '../../../trainer/hub/cache.ts';
import { cachedModels, removeModel } from '../../../trainer/hub/cachedModels.ts';
import { getModel } from '../../../trainer/hub/getModel.ts';
import { Random } from '../../../trainer/random.ts';
import { gitOid, type HubServer, type ServedModel, serveHub, sha256 } from './hubServer.ts';

const random = new Random('weights');
const weights = Buffer.from(Array.from({ length: 300_000 }, () => random.below(256)));
const config = Buffer.from('{"model_type": "llama"}\n');
const files = new Map([
  ['model.safetensors', weights],
  ['config.json', config],
  ['tokenizer.json', Buffer.from(`{"pad": "${'x'.repeat(2000)}"}`)],
  ['tokenizer_config.json', Buffer.from('{}')],
  ['onnx/model.onnx', Buffer.alloc(5000)],
  ['pytorch_model.bin', Buffer.alloc(5000)],
]);
const commit = 'a1'.repeat(20);
const model = (content: Map<string, Buffer>): ServedModel => ({ commit, files: content });
const gguf = Buffer.from(`GGUF${'q'.repeat(2000)}`);
const models = new Map([
  ['org/good', model(files)],
  ['org/gemma', model(new Map([...files, ['config.json', Buffer.from('{"model_type": "gemma"}')]]))],
  ['org/one-gguf', model(new Map([['tiny-Q8_0.gguf', gguf]]))],
  [
    'org/two-gguf',
    model(
      new Map([
        ['a.gguf', gguf],
        ['b.gguf', weights],
      ]),
    ),
  ],
  ['org/empty', model(new Map([['README.md', Buffer.from('hi')]]))],
]);

let hub: HubServer;
let home: string;
let cache: string;
beforeEach(async () => {
  hub = await serveHub(models);
  home = await mkdtemp(join(tmpdir(), 'reinforce-hub-'));
  cache = join(home, 'hub');
  for (const name of [
    'HF_HUB_CACHE',
    'HUGGINGFACE_HUB_CACHE',
    'HF_TOKEN',
    'HUGGING_FACE_HUB_TOKEN',
    'HF_TOKEN_PATH',
  ]) {
    vi.stubEnv(name, '');
  }
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'])
    vi.stubEnv(name, undefined);
  vi.stubEnv('HF_HOME', home);
  vi.stubEnv('HF_ENDPOINT', hub.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

const get = (name: string, options: Partial<Parameters<typeof getModel>[1]> = {}) =>
  getModel(parseHubName(name)!, { signal: new AbortController().signal, firstWait: 1, ...options });

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HumanError);
  const { message } = error as HumanError;
  expect(message).toMatch(/^[^\n]+: [^\n]+\.$/);
  return message;
}

const downloadsOf = (path: string) =>
  hub.requests.filter((request) => request.path.endsWith(path) && request.range !== 'bytes=0-0');

describe('a model of the hub', () => {
  test('lies in the cache as other Hugging Face tools put it there', async () => {
    const got = await get('org/good');
    const root = join(cache, 'models--org--good');
    expect(got).toEqual({ path: join(root, 'snapshots', commit), commit, bytes: expect.any(Number) });
    expect((await readdir(got.path)).sort()).toEqual(
      ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'].sort(),
    );
    for (const name of await readdir(got.path)) {
      expect(await readFile(join(got.path, name))).toEqual(files.get(name));
      expect((await lstat(join(got.path, name))).isSymbolicLink()).toBe(true);
    }
    expect(await readlink(join(got.path, 'model.safetensors'))).toBe(`../../blobs/${sha256(weights)}`);
    expect(await readlink(join(got.path, 'config.json'))).toBe(`../../blobs/${gitOid(config)}`);
    expect(await readFile(join(root, 'refs/main'), 'utf8')).toBe(commit);

    const { repos, warnings } = await scanCacheDir(cache);
    expect(warnings).toEqual([]);
    expect(repos[0]).toMatchObject({
      id: { name: 'org/good', type: 'model' },
      filesCount: 4,
      size: got.bytes,
    });
  });

  test('is found by its name, its revision and its commit', async () => {
    expect(await refusalOf(resolveModel('org/good'))).toContain('run "reinforce model get org/good"');
    const { path } = await get(`org/good@${commit}`);
    expect(await resolveModel(`org/good@${commit}`)).toBe(path);
    await get('org/good');
    expect(await resolveModel('org/good')).toBe(path);
    expect(await resolveModel(path)).toBe(path);
  });

  test('may be any directory in which one GGUF file lies', async () => {
    const folder = join(home, 'models');
    await mkdir(folder);
    expect(await refusalOf(resolveModel(folder))).toContain(`${folder} is no model (`);
    await writeFile(join(folder, 'a.gguf'), '');
    expect(await resolveModel(folder)).toBe(join(folder, 'a.gguf'));
    await writeFile(join(folder, 'b.gguf'), '');
    expect(await refusalOf(resolveModel(folder))).toContain(`name one of them, such as ${folder}/a.gguf.`);
  });

  test('is not fetched a second time', async () => {
    await get('org/good');
    const before = downloadsOf('model.safetensors').length;
    await get('org/good');
    expect(downloadsOf('model.safetensors')).toHaveLength(before);
  });

  test('is listed and removed', async () => {
    await get('org/good');
    await get('org/one-gguf');
    expect((await cachedModels()).map(({ id }) => id.name)).toEqual(['org/good', 'org/one-gguf']);
    await removeModel('org/good');
    expect((await cachedModels()).map(({ id }) => id.name)).toEqual(['org/one-gguf']);
    expect(await refusalOf(removeModel('org/good'))).toMatch(/No model org\/good was downloaded/);
    await mkdir(join(home, 'precious'));
    await refusalOf(removeModel('../precious'));
    await stat(join(home, 'precious'));
  });

  test('in GGUF is one file, which has to be named where there are several', async () => {
    const one = await get('org/one-gguf');
    expect(one.path).toBe(join(cache, 'models--org--one-gguf/snapshots', commit, 'tiny-Q8_0.gguf'));
    expect(await resolveModel('org/one-gguf')).toBe(one.path);
    expect(await refusalOf(get('org/two-gguf'))).toMatch(
      /name one of its files, such as "org\/two-gguf\/a\.gguf"/,
    );
    const b = await get('org/two-gguf/b.gguf');
    expect(await readFile(b.path)).toEqual(weights);
    expect(downloadsOf('a.gguf')).toEqual([]);
  });

  test('tells its plan before, and its progress to the end', async () => {
    const plans: unknown[] = [];
    const seen: number[] = [];
    const got = await get('org/good', {
      onPlan: (plan) => plans.push(plan),
      onProgress: ({ done }) => seen.push(done),
    });
    expect(plans).toEqual([{ commit, files: 4, total: got.bytes }]);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(got.bytes);
  });
});

describe('a connection that breaks', () => {
  test('again and again costs nothing that has arrived', async () => {
    hub.cutAfter = 70_000;
    const { path } = await get('org/good');
    expect(await readFile(join(path, 'model.safetensors'))).toEqual(weights);
    const starts = downloadsOf('model.safetensors').map(({ range }) => Number(/\d+/.exec(range ?? '0')![0]));
    expect(starts.length).toBeGreaterThan(3);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  });

  test('for good is told in a sentence, and the next try goes on from there', async () => {
    await get('org/good', {
      onProgress: ({ done }) => {
        hub.cutAfter = done > 100_000 ? 0 : 60_000;
      },
    }).then(
      () => expect.unreachable(),
      (error: Error) =>
        expect(error.message).toMatch(/cannot be reached .*: check the network.*what has arrived is kept\.$/),
    );
    const partial = join(cache, 'models--org--good/blobs', `${sha256(weights)}.incomplete`);
    const kept = (await stat(partial)).size;
    expect(kept).toBeGreaterThan(100_000);
    expect(await refusalOf(resolveModel('org/good'))).toContain('model get');
    hub.cutAfter = undefined;
    hub.requests.length = 0;
    const { path } = await get('org/good');
    expect(downloadsOf('model.safetensors').map(({ range }) => range)).toEqual([
      `bytes=${kept}-${weights.length - 1}`,
    ]);
    expect(await readFile(join(path, 'model.safetensors'))).toEqual(weights);
  });

  test('by the person stops at once and keeps what has arrived', async () => {
    const controller = new AbortController();
    hub.cutAfter = 50_000;
    const stopped = get('org/good', {
      signal: controller.signal,
      onProgress: ({ done }) => done > 90_000 && controller.abort(new Error('stopped')),
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect(
      (await readdir(join(cache, 'models--org--good/blobs'))).some((name) => name.endsWith('.incomplete')),
    ).toBe(true);
  });
});

describe('a checksum', () => {
  test('that is wrong because of what an earlier try left is mended by fetching it all', async () => {
    const blobs = join(cache, 'models--org--good/blobs');
    await mkdir(blobs, { recursive: true });
    await writeFile(join(blobs, `${sha256(weights)}.incomplete`), Buffer.alloc(1000, 7));
    const { path } = await get('org/good');
    expect(await readFile(join(path, 'model.safetensors'))).toEqual(weights);
  });

  test('that stays wrong is told in a sentence, and nothing is left to be taken for the file', async () => {
    hub.damage = true;
    expect(await refusalOf(get('org/good'))).toMatch(
      /arrives with another checksum than the hub lists: check/,
    );
    expect(await readdir(join(cache, 'models--org--good/blobs'))).toEqual([]);
  });
});

describe('a model that cannot be had', () => {
  test('of another family is refused before its weights are fetched', async () => {
    expect(await refusalOf(get('org/gemma'))).toMatch(/family gemma, which is not supported: choose .*llama/);
    expect(downloadsOf('model.safetensors')).toEqual([]);
  });

  test.each([
    ['org/none', /has no model org\/none with a revision main: check its name/],
    ['org/good@v9', /has no model org\/good with a revision v9: check/],
    ['org/empty', /holds neither safetensors nor GGUF files: choose/],
    ['org/two-gguf/c.gguf', /holds no c\.gguf: name one of its files/],
  ])('%s is refused by a sentence', async (name, sentence) => {
    expect(await refusalOf(get(name))).toMatch(sentence);
  });

  test.each([
    [401, /does not show org\/good \(401\): check its name, or set HF_TOKEN/],
    [403, /\(403\): check its name, or set HF_TOKEN/],
    [500, /answered 500 .*: try again later/],
  ])('because the hub answers %i is refused by a sentence', async (status, sentence) => {
    hub.status = status;
    expect(await refusalOf(get('org/good'))).toMatch(sentence);
  });

  test('because nothing answers is refused with the settings that may be wrong', async () => {
    vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
    expect(await refusalOf(get('org/good'))).toMatch(
      /127\.0\.0\.1:9 cannot be reached .*HTTPS_PROXY and HF_ENDPOINT/,
    );
  });
});

test('the token of the environment, or else the saved one, goes with every request', async () => {
  await writeFile(join(home, 'token'), 'hf_saved\n');
  await get('org/one-gguf');
  expect(new Set(hub.requests.map(({ token }) => token))).toEqual(new Set(['Bearer hf_saved']));
  hub.requests.length = 0;
  vi.stubEnv('HF_TOKEN', 'hf_environment');
  await get('org/good');
  expect(new Set(hub.requests.map(({ token }) => token))).toEqual(new Set(['Bearer hf_environment']));
});

test('a proxy of the environment is used', async () => {
  const tunnels: (string | undefined)[] = [];
  const proxy = createServer().on('connect', (request, socket: Socket) => {
    tunnels.push(request.url);
    const target = connect(Number(new URL(hub.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  vi.stubEnv('HF_ENDPOINT', 'http://hub.invalid');
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  try {
    const { path } = await get('org/one-gguf');
    expect(await readFile(path)).toEqual(gguf);
    expect(new Set(tunnels)).toEqual(new Set(['hub.invalid:80']));
  } finally {
    proxy.close();
  }
});

test.each([
  ['org/name', { repository: 'org/name', revision: 'main' }],
  ['org/na.me-1_b@v1.0', { repository: 'org/na.me-1_b', revision: 'v1.0' }],
  ['org/name/sub/x-Q4_K_M.gguf', { repository: 'org/name', revision: 'main', file: 'sub/x-Q4_K_M.gguf' }],
  ['./model', undefined],
  ['../up', undefined],
  ['/absolute/path', undefined],
  ['model', undefined],
  ['a/b/c', undefined],
])('the name %s', (name, parsed) => {
  expect(parseHubName(name)).toEqual(parsed);
});
