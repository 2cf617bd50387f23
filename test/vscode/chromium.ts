import { existsSync } from 'node:fs';
import { execa } from 'execa';

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
  const isRoot = process.getuid?.() === 0;
  const trouble = isRoot && existsSync('/usr/bin/apt-get') ? await install() : '';
  const installed = places.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  throw new Error(
    `The tests in VS Code need Chromium: install it (for example: apt-get install chromium), or name one in CHROMIUM.${trouble}`,
  );
}

/** @returns what apt-get said when it failed. */
async function install(): Promise<string> {
  // Another package may be being installed at this moment.
  const words = ['-o', 'DPkg::Lock::Timeout=120', '-y', '--no-install-recommends'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const attempt = () => execa('apt-get', ['install', ...words, 'chromium'], { env, reject: false });
  if (!(await attempt()).failed) return '';
  await execa('apt-get', ['update'], { env, reject: false });
  const second = await attempt();
  return second.failed ? ` (${second.stderr.split('\n').at(-1)})` : '';
}
