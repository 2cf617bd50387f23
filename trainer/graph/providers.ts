/** Which of ONNX Runtime's execution providers are there: some have libraries that its package does not bring along. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the runtime looks for providers' libraries. */
function libraryDirectory(): string {
  const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  return join(root, 'bin', 'napi-v6', process.platform, process.arch);
}

function libraryOf(provider: string): string {
  const name = `onnxruntime_providers_${provider}`;
  return process.platform === 'win32' ? `${name}.dll` : `lib${name}.so`;
}

/** Whether the library of a provider that is not bundled has been installed. */
export const isInstalled = (provider: string): boolean =>
  existsSync(join(libraryDirectory(), libraryOf(provider)));

/** What to do for CUDA to be there, as a sentence; nothing if it is installed. */
export function missingCuda(): string | undefined {
  const { platform, arch } = process;
  if (arch !== 'x64' || (platform !== 'linux' && platform !== 'win32')) {
    return `CUDA is for Linux and Windows on x64, and this is ${platform}-${arch}: use --device webgpu.`;
  }
  if (isInstalled('cuda')) return undefined;
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
  const system = platform === 'linux' ? 'Linux' : 'Windows';
  return `CUDA is not installed: put ${libraryOf('cuda')} and ${libraryOf('shared')} of the NuGet package Microsoft.ML.OnnxRuntime.Gpu.${system} ${version} into ${libraryDirectory()}, and install CUDA 12 and cuDNN 9, or use --device webgpu.`;
}
