import { existsSync } from 'node:fs';
import { installDebianPackages } from '../../sandbox/isolation/debianPackages.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The browser to drive: the one that `CHROMIUM` names or one in its usual place, installed through apt where there is none
 * and we have the right to.
 *
 * @throws Error with a sentence that says what to install.
 */
export async function ensureChromium(): Promise<string> {
  const named = process.env.CHROMIUM;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which does not exist: correct it.`);
  }
  const found = places.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const trouble = await installDebianPackages('chromium');
  const installed = places.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  throw new Error(
    `The tests in VS Code need Chromium: install it (for example: apt-get install chromium), or name one in CHROMIUM.${trouble}`,
  );
}
