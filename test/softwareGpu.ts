/**
 * WebGPU for tests without a GPU: lavapipe, or SwiftShader, which Debian's chromium brings along. That one is several
 * times as slow and knows no float16.
 */
import { existsSync } from 'node:fs';
import { installDebianPackages } from '../sandbox/isolation/debianPackages.ts';
import { lavapipe, unpackLavapipe } from './lavapipe.ts';
import { ensureChromium } from './vscode/chromium.ts';

const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loaders = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/aarch64-linux-gnu/libvulkan.so.1'];

type Driver = 'lavapipe' | 'swiftShader';
const fileOf = (driver: Driver) => (driver === 'lavapipe' ? (lavapipe() ?? '') : swiftShader);

/** Whether there is a software GPU on this system, or a certain one: only where Debian's packages are. */
export const hasSoftwareGpu = (driver: Driver = defaultDriver()) =>
  existsSync(fileOf(driver)) && loaders.some((path) => existsSync(path));

const defaultDriver = (): Driver => (lavapipe() ? 'lavapipe' : 'swiftShader');

/** Installs them where that is possible. On other systems the tests that need one do not run. */
export async function ensureSoftwareGpu(): Promise<void> {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  if (!hasSoftwareGpu('swiftShader')) await installSwiftShader();
  if (hasSoftwareGpu('lavapipe')) return;
  const trouble = await unpackLavapipe();
  if (trouble !== undefined) {
    console.warn(
      `Weights in float16 are not tested on WebGPU: lavapipe of Mesa 25 or newer is not there, and could not be had from Debian's backports (${trouble}).`,
    );
  }
}

async function installSwiftShader(): Promise<void> {
  await ensureChromium();
  const trouble = await installDebianPackages('libvulkan1');
  if (!hasSoftwareGpu('swiftShader')) {
    throw new Error(
      `The tests of WebGPU need Debian's packages chromium and libvulkan1: install them.${trouble}`,
    );
  }
}

/** What makes ONNX Runtime take one in a process of its own. */
export const softwareGpuVariables = (driver: Driver = defaultDriver()) => ({
  VK_ICD_FILENAMES: fileOf(driver),
  VK_DRIVER_FILES: fileOf(driver),
  XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? '/tmp',
});

/** Makes ONNX Runtime take one in this one. To be called before the first WebGPU session of a process. */
export function useSoftwareGpu(): void {
  Object.assign(process.env, softwareGpuVariables());
}
