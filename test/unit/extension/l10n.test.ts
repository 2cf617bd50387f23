/** The texts that translators are given, against those in the sources. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const extension = join(root, 'extension');

test('l10n/bundle.l10n.json holds every text of the extension, as npm run l10n exports them', async () => {
  const files = (await readdir(extension, { recursive: true })).filter((file) => extname(file) === '.ts');
  const sources = await Promise.all(
    files.map(async (file) => ({
      extension: '.ts' as const,
      contents: await readFile(join(extension, file), 'utf8'),
    })),
  );
  const bundle = JSON.parse(await readFile(join(root, 'l10n/bundle.l10n.json'), 'utf8'));
  expect(bundle).toEqual(await getL10nJson(sources));
});
