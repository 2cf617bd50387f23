import { existsSync } from 'node:fs';
import { execa } from 'execa';

/** Another package may be being installed at this moment. */
const options = ['-o', 'DPkg::Lock::Timeout=120', '-y', '--no-install-recommends'];

/**
 * Installs packages through apt, where it is there and we have the right to.
 * @returns in brackets what apt-get said when it failed; else an empty text, also where nothing was tried.
 */
export async function installDebianPackages(...names: readonly string[]): Promise<string> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return '';
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const attempt = () => execa('apt-get', ['install', ...options, ...names], { env, reject: false });
  if (!(await attempt()).failed) return '';
  await execa('apt-get', ['update'], { env, reject: false });
  const second = await attempt();
  return second.failed ? ` (${second.stderr.split('\n').at(-1)})` : '';
}
