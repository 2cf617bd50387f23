/** What package.json contributes, against the tests that run inside an extension host. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'test/host');
const { contributes } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const files = (await readdir(folder)).filter((file) => file.endsWith('.test.ts'));
const tests = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');

/** Whole or without what all begin with, at the start of a text, or as the name of a property of a table. */
const isNamed = (id: string): boolean => {
  const name = id.replace(/^reinforce\./, '');
  const property = new RegExp(`^ +${name.replace(/^training\./, '')}: `, 'm');
  const named = new RegExp(`'(reinforce\\.)?${name.replaceAll('.', '\\.')}[', ]`);
  return named.test(tests) || property.test(tests);
};

test('every command has a test in an extension host', () => {
  const commands: string[] = contributes.commands.map(({ command }: { command: string }) => command);
  expect(commands.filter((id) => !isNamed(id))).toEqual([]);
});

test('every setting has a test in an extension host', () => {
  const settings: string[] = contributes.configuration.flatMap(({ properties }: { properties: object }) =>
    Object.keys(properties),
  );
  expect(settings.filter((id) => !isNamed(id))).toEqual([]);
});
