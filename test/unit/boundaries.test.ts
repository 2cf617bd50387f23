/** The rooms look one way, extension → trainer → sandbox: the linter must really say so where one looks back. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

const forbidden = {
  'sandbox/tasks/value.ts': "export { Random } from '../../trainer/random.ts';",
  'sandbox/tasks/type.ts': "export type { Device } from '../../trainer/graph/program.ts';",
  'sandbox/dynamic.ts': "export const settings = await import('../extension/settings.ts');",
  'sandbox/editor.ts': "export * as vscode from 'vscode';",
  'trainer/run/value.ts': "export { settings } from '../../extension/settings.ts';",
  'trainer/editor.ts': "export type { Uri } from 'vscode';",
  'extension/trainer.ts': "export { train } from '../trainer/run/train.ts';",
  'extension/sandbox.ts': "export { Environment } from '../sandbox/environment.ts';",
  'trainer/cycle/there.ts': "import './back.ts';",
  'trainer/cycle/back.ts': "import './there.ts';",
};

const allowed = {
  'trainer/run/sandbox.ts': "export { HumanError } from '../../sandbox/humanError.ts';",
  'extension/protocol.ts': "export type { Message } from '../trainer/protocol.ts';",
  'extension/editor.ts': "export * as vscode from 'vscode';",
  'sandbox/tasks/own.ts': "export type { Task } from './task.ts';",
};

test('the linter refuses just the imports that look against the order of the rooms, and cycles', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reinforce-rooms-'));
  try {
    await cp(join(root, 'biome.json'), join(directory, 'biome.json'));
    for (const [path, statement] of Object.entries({ ...forbidden, ...allowed })) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), `${statement}\n`);
    }
    const biome = join(root, 'node_modules/.bin/biome');
    const args = ['lint', '--vcs-enabled=false', '--reporter=json', '.'];
    const { stdout } = await execa(biome, args, { cwd: directory, reject: false });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: { path: string } }[] };
    const refused = new Set(diagnostics.map(({ location }) => location.path.replaceAll('\\', '/')));
    expect([...refused].sort()).toEqual(Object.keys(forbidden).sort());
  } finally {
    await rm(directory, { recursive: true });
  }
});
