/** The bundle as `npm run build` leaves it, under whatever Node a person has. */
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const bundle = join(root, 'dist/reinforce.js');

/** Executables named node on the path, apart from that of the package `node`, with their major versions. */
async function installedNodes(): Promise<{ path: string; major: number }[]> {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  const found = await Promise.all(
    folders.map(async (folder) => {
      const path = join(folder, 'node');
      const { stdout, failed } = await execa(path, ['--version'], { reject: false });
      return failed ? [] : [{ path, major: Number.parseInt(String(stdout).slice(1), 10) }];
    }),
  );
  return found.flat();
}

async function version(): Promise<string> {
  return JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version;
}

test('the bundle runs', async () => {
  const { stdout } = await execa(process.execPath, [bundle, '--version']);
  expect(stdout).toBe(await version());
});

test('an older Node starts it again in the Node of this package, and passes on how it ended', async (context) => {
  const old = (await installedNodes()).find(({ major }) => major >= 18 && major < 24);
  if (!old) return context.skip('there is no older Node on this machine');
  expect((await execa(old.path, [bundle, '--version'])).stdout).toBe(await version());
  const failed = await execa(old.path, [bundle, 'tasks', join(root, 'nowhere')], { reject: false });
  expect(failed).toMatchObject({ exitCode: 1, stdout: '' });
  expect(failed.stderr).toMatch(/^The workspace folder .*nowhere does not exist: check the path\.$/);
});
