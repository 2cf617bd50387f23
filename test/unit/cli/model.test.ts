import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { serveHub } from '../hub/hubServer.ts';
import { linesOf, reinforce } from './reinforce.ts';

test('models are got, listed and removed from the command line', async () => {
  const commit = 'c0'.repeat(20);
  const files = new Map([['tiny.gguf', Buffer.alloc(3000, 'q')]]);
  await using hub = await serveHub(new Map([['org/tiny', { commit, files }]]));
  const home = await mkdtemp(join(tmpdir(), 'reinforce-model-'));
  try {
    vi.stubEnv('HF_ENDPOINT', hub.url);
    vi.stubEnv('HF_HOME', home);
    vi.stubEnv('HF_HUB_CACHE', join(home, 'hub'));
    const last = async (...words: string[]) => {
      const { stdout, stderr, exitCode } = await reinforce('model', ...words, '--json');
      expect(exitCode, stderr).toBe(0);
      return linesOf(stdout).at(-1);
    };
    const path = join(home, 'hub/models--org--tiny/snapshots', commit, 'tiny.gguf');
    expect(await last('get', 'org/tiny')).toEqual({ event: 'result', path, commit, bytes: 3000 });
    const { stdout } = await reinforce('model', 'list');
    expect(stdout).toMatch(/org\/tiny +main +3\.0 kB/);
    const wrong = await reinforce('model', 'get', 'tiny');
    expect(wrong.stderr).toBe('"tiny" is no name of a model on the hub: give one such as org/name.');
    await last('remove', 'org/tiny');
    expect(await last('list')).toMatchObject({ models: 0 });
  } finally {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  }
});
