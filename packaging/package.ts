/**
 * `npm run package [-- platform…]`: builds a VSIX for each platform, for all of them without a name, from what
 * `npm run build` left in dist/, checks what it holds, and prints its size.
 */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { faultsOf } from './contents.ts';
import { nodeCache, packageFile, packagesFolder } from './places.ts';
import { type PlatformName, platformName, platforms } from './platforms.ts';
import { stage } from './stage.ts';
import { tryOut } from './tryOut.ts';
import { readVsix } from './vsix.ts';

const wanted = process.argv.slice(2).map((word) => platformName.parse(word));
await mkdir(packagesFolder, { recursive: true });
for (const name of wanted.length > 0 ? wanted : platformName.options) {
  await build(name);
  await check(name);
}

async function build(name: PlatformName): Promise<void> {
  const platform = platforms[name];
  const folder = await mkdtemp(join(tmpdir(), 'reinforce-package-'));
  try {
    await stage(folder, platform, nodeCache);
    const runsHere = process.platform === platform.os && process.arch === platform.arch;
    if (runsHere) await tryOut(folder, platform.nodeFile);
    await createVSIX({
      cwd: folder,
      packagePath: packageFile(name),
      target: name,
      dependencies: false,
      // Without one there is nothing that links could be made absolute with.
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
      // It would read executables as text, and all that is staged comes from the repository or from npm.
      allowPackageAllSecrets: true,
      allowPackageEnvFile: true,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function check(name: PlatformName): Promise<void> {
  const platform = platforms[name];
  const vsix = await readVsix(packageFile(name));
  const faults = faultsOf(vsix, platform);
  const { size } = await stat(packageFile(name));
  if (size > platform.ceiling) {
    faults.push(`It takes ${inMegabytes(size)}, and ${inMegabytes(platform.ceiling)} are allowed.`);
  }
  if (faults.length > 0) throw new Error(`The package for ${name} is not right.\n${faults.join('\n')}`);
  const unpacked = vsix.files.reduce((sum, file) => sum + file.size, 0);
  console.log(
    `${name}: ${inMegabytes(size)} of at most ${inMegabytes(platform.ceiling)}, ${inMegabytes(unpacked)} unpacked in ${vsix.files.length} files, in ${packageFile(name)}`,
  );
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
