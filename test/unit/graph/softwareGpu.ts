/** WebGPU for tests: SwiftShader, a Vulkan driver without a GPU, which Debian's chromium brings along. */
import { existsSync } from 'node:fs';

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loaders = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/aarch64-linux-gnu/libvulkan.so.1'];

/** Whether WebGPU can be tested here. To be asked before ONNX Runtime makes its first WebGPU session. */
export const softwareGpu = existsSync(driver) && loaders.some((path) => existsSync(path));

if (softwareGpu) {
  process.env.VK_ICD_FILENAMES = driver;
  process.env.VK_DRIVER_FILES = driver;
  process.env.XDG_RUNTIME_DIR ??= '/tmp';
}

/** What was seen to run on ONNX Runtime's WebGPU provider with no fallback to the CPU, among the ops that we write. */
export const webGpuOps: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Neg', 'Exp', 'Log', 'Sqrt', 'Reciprocal', 'Sigmoid', 'Min', 'Clip'],
  ...['LessOrEqual', 'Where', 'Cast', 'Identity'],
  ...['Shape', 'Reshape', 'Transpose', 'Concat', 'Slice', 'Pad', 'Expand', 'Unsqueeze', 'Squeeze'],
  ...['ReduceSum', 'ReduceMean', 'ReduceMax', 'Softmax', 'MatMul', 'Gemm'],
  ...['Gather', 'GatherElements', 'ScatterElements', 'ScatterND'],
]);
