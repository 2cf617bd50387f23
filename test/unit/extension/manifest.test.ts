/** What package.json contributes, against the code that it is about. */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trainSettings } from '../../../trainer/run/settings.ts';

const root = join(import.meta.dirname, '../../..');
const readJson = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8'));
const manifest = await readJson('package.json');
const texts: Record<string, string> = await readJson('package.nls.json');

const properties: Record<string, Record<string, unknown>> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }: { properties: object }) => properties),
);

/** Every string of the manifest. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

test('every text of the manifest is there, and every text is used', () => {
  const used = stringsOf(manifest).flatMap((text) => /^%([\w.]+)%$/.exec(text)?.[1] ?? []);
  expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
});

test('every setting is told in sentences', () => {
  for (const [name, { markdownDescription }] of Object.entries(properties)) {
    const text = String(markdownDescription).replace(/^%(.*)%$/, (_, key) => texts[key]!);
    expect(text, name).toMatch(/^[A-Z].{20,}[.]$/s);
  }
});

test('settings of training have the defaults of the trainer, but for what only a window has', () => {
  const defaults: Record<string, unknown> = trainSettings.parse({});
  const own = ['pauseOnBattery', 'yieldWhileTyping'];
  for (const [id, { default: value }] of Object.entries(properties)) {
    const name = /^reinforce\.training\.(\w+)$/.exec(id)?.[1];
    if (name === undefined || own.includes(name)) continue;
    expect(Object.keys(trainSettings.shape), id).toContain(name);
    // While somebody watches, the held-out tasks are measured on the way; 0 is how a setting says that there is none.
    const isNone = name === 'minutes' || name === 'learningRate';
    const expected = name === 'evaluateEvery' ? 10 : isNone ? 0 : defaults[name];
    expect(value, id).toEqual(expected);
    if (!isNone) expect(trainSettings.safeParse({ [name]: value }).success, id).toBe(true);
  }
});

test('every file that the manifest names is there', async () => {
  const files = stringsOf(manifest.contributes).filter((text) => /^media\/[\w/.-]+$/.test(text));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) await access(join(root, file));
});
