/**
 * Mesa's Vulkan driver without a GPU. From version 25 on ONNX Runtime takes it: the system's, or else the one of Debian's
 * backports, unpacked beside the sources, where nothing else finds it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { installDebianPackages } from '../sandbox/isolation/debianPackages.ts';

const directory = join(import.meta.dirname, '../.cache/lavapipe');
const unpacked = join(directory, 'icd.json');
const architecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const installed = ['lvp_icd.json', `lvp_icd.${architecture}.json`].map(
  (name) => `/usr/share/vulkan/icd.d/${name}`,
);

/** The file that names the driver, if there is one that is new enough. */
export const lavapipe = (): string | undefined =>
  [...installed, unpacked].find((file) => existsSync(file) && isNewEnough(readFileSync(file, 'utf8')));

/** Vulkan 1.4 came with Mesa 25. */
function isNewEnough(manifest: string): boolean {
  const [major, minor] = String(JSON.parse(manifest).ICD.api_version).split('.').map(Number);
  return major! > 1 || minor! >= 4;
}

/** Unpacks it on a Debian whose own is too old. Answers why that could not be done. */
export async function unpackLavapipe(): Promise<string | undefined> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1];
  if (!/^ID=debian$/m.test(release) || !codename) return 'this is no Debian';
  const work = await mkdtemp(join(tmpdir(), 'reinforce-lavapipe-'));
  try {
    return await unpackFrom(codename, work);
  } finally {
    await rm(work, { recursive: true });
  }
}

async function unpackFrom(codename: string, work: string): Promise<string | undefined> {
  const command = (file: string, args: readonly string[]) =>
    execa(file, args, { cwd: work, reject: false, timeout: 60_000 });
  const targets = await command('apt-get', ['indextargets', '--format', '$(REPO_URI) $(CODENAME)']);
  const mirror = targets.stdout
    .split('\n')
    .find((line) => line.endsWith(` ${codename}`))
    ?.split(' ')[0];
  if (!mirror) return 'apt knows no mirror';
  // Lists and archives of its own: what the system installs from stays as it is.
  await Promise.all(
    ['lists/partial', 'archives/partial'].map((path) => mkdir(join(work, path), { recursive: true })),
  );
  await writeFile(
    join(work, 'sources.list'),
    `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${codename}-backports main\n`,
  );
  const places = {
    'Etc::sourcelist': 'sources.list',
    'Etc::sourceparts': '-',
    'State::lists': 'lists',
    Cache: '.',
  };
  const options = Object.entries(places).flatMap(([name, path]) => [
    '-o',
    `Dir::${name}=${path === '-' ? path : join(work, path)}`,
  ]);
  await command('apt-get', [...options, 'update']);
  const got = await command('apt-get', [...options, 'download', 'mesa-vulkan-drivers']);
  const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (!archive) return got.stderr.trim().split('\n').at(-1);
  await command('dpkg-deb', ['--extract', archive, 'root']);
  const library = join(directory, 'libvulkan_lvp.so');
  await mkdir(directory, { recursive: true });
  await copyFile(join(work, 'root/usr/lib', `${architecture}-linux-gnu`, 'libvulkan_lvp.so'), library);
  const missing = async () => (await command('ldd', [library])).stdout.includes('not found');
  if (await missing()) {
    const { stdout } = await command('dpkg-deb', ['--field', archive, 'Depends']);
    const trouble = await installDebianPackages(...stdout.split(', ').map((entry) => entry.split(' ')[0]!));
    if (await missing()) return `libraries that it needs are missing${trouble}`;
  }
  const { stdout } = await command('find', ['root/usr/share/vulkan/icd.d', '-name', 'lvp_icd*.json']);
  const manifest = JSON.parse(await readFile(join(work, stdout.trim()), 'utf8'));
  manifest.ICD.library_path = library;
  await writeFile(unpacked, JSON.stringify(manifest));
  return undefined;
}
