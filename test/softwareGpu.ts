/** WebGPU for tests: SwiftShader, a Vulkan driver without a GPU, which Debian's chromium brings along. */
import { existsSync } from 'node:fs';
import { installDebianPackages } from './debianPackages.ts';
import { ensureChromium } from './vscode/chromium.ts';

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loaders = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/aarch64-linux-gnu/libvulkan.so.1'];

/** Whether there is a software GPU on this system: only where Debian's packages are. */
export const hasSoftwareGpu = () => existsSync(driver) && loaders.some((path) => existsSync(path));

/** Installs it where that is possible. On other systems the tests that need it do not run. */
export async function ensureSoftwareGpu(): Promise<void> {
  if (hasSoftwareGpu() || !existsSync('/usr/bin/apt-get')) return;
  await ensureChromium();
  const trouble = await installDebianPackages('libvulkan1');
  if (!hasSoftwareGpu()) {
    throw new Error(
      `The tests of WebGPU need Debian's packages chromium and libvulkan1: install them.${trouble}`,
    );
  }
}

/** What makes ONNX Runtime take it in a process of its own. */
export const softwareGpuVariables = () => ({
  VK_ICD_FILENAMES: driver,
  VK_DRIVER_FILES: driver,
  XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? '/tmp',
});

/** Makes ONNX Runtime take it in this one. To be called before the first WebGPU session of a process. */
export function useSoftwareGpu(): void {
  Object.assign(process.env, softwareGpuVariables());
}
