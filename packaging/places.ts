import { join } from 'node:path';
import type { PlatformName } from './platforms.ts';

export const root = join(import.meta.dirname, '..');
export const packagesFolder = join(root, '.cache/packages');
export const nodeCache = join(root, '.cache/node');

/** Where a platform's package is built. */
export function packageFile(platform: PlatformName): string {
  return join(packagesFolder, `reinforce-${platform}.vsix`);
}
