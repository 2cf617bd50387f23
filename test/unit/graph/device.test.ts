import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseDevice, fastest } from '../../../trainer/graph/device.ts';
import { checkForm } from '../../../trainer/model/frozen.ts';
import { hasSoftwareGpu, softwareGpuVariables } from '../../softwareGpu.ts';

test('the CPU that was asked for is taken unseen', async () => {
  expect(await chooseDevice('cpu')).toEqual({
    ...{ device: 'cpu', reason: 'it was asked for', float16: true },
  });
});

test('a choice that is no longer wanted is given up', async () => {
  await expect(chooseDevice('auto', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

test.skipIf(process.platform !== 'linux')(
  'without a graphics driver, auto takes the CPU and says why',
  async () => {
    withoutDrivers();
    const { device, reason } = await chooseDevice('auto');
    expect(device).toBe('cpu');
    expect(reason).toMatch(/^WebGPU does not work here \(.+\)$/);
  },
);

test.skipIf(process.platform !== 'linux')(
  'WebGPU that was asked for and is not there is refused',
  async () => {
    withoutDrivers();
    await expect(chooseDevice('webgpu')).rejects.toThrow(
      /^WebGPU does not work here \(.+\): install the driver of the graphics card, or use --device cpu\.$/,
    );
  },
);

test('CUDA that was asked for and is not there is refused with what to install, or what to use instead', async () => {
  await expect(chooseDevice('cuda')).rejects.toThrow(
    /^CUDA is (?:not installed: put \S*onnxruntime_providers_cuda\.\w+ and \S+ of the NuGet package \S+ [\d.]+ into .+, and install CUDA 12 and cuDNN 9|for Linux and Windows on x64, .+), or use --device webgpu\.$/,
  );
});

test.each([
  { driver: 'lavapipe', float16: true },
  { driver: 'swiftShader', float16: false },
] as const)('$driver is found to know float16: $float16', async ({ driver, float16 }) => {
  if (!hasSoftwareGpu(driver)) return;
  for (const [name, value] of Object.entries(softwareGpuVariables(driver))) vi.stubEnv(name, value);
  expect(await chooseDevice('webgpu')).toMatchObject({ device: 'webgpu', float16 });
});

test('weights in a form that a device does not take are refused with those that it takes', () => {
  expect(() => checkForm('float16', 'webgpu', false)).toThrow(
    /^Base weights in float16 need a graphics card and a driver that compute with float16 .+: use --device cpu, or the setting baseWeights float32 or int8\.$/,
  );
  expect(() => checkForm('int8', 'cuda', false)).toThrow(
    'Base weights in int8 are not for cuda: use --device cpu or webgpu, or the setting baseWeights float32.',
  );
  checkForm('float16', 'webgpu', true);
  checkForm('int4', 'webgpu', false);
});

describe('auto', () => {
  const works = (device: 'webgpu' | 'cuda', milliseconds: number) =>
    ({
      ...({ device, works: true, float16: false } as const),
      timings: { size: 768, cpu: 4, device: milliseconds },
    }) as const;
  const fails = (device: 'webgpu' | 'cuda', trouble: string) =>
    ({ device, works: false, trouble, remedy: 'Mend it.' }) as const;

  test.each([
    { title: 'the fastest', trials: [works('webgpu', 2), works('cuda', 1)], takes: 'cuda' },
    { title: 'the one that works', trials: [works('webgpu', 2), fails('cuda', 'x')], takes: 'webgpu' },
    {
      title: 'the CPU where others are slower',
      trials: [works('webgpu', 9), works('cuda', 5)],
      takes: 'cpu',
    },
  ])('takes $title', ({ trials, takes }) => {
    expect(fastest(trials).device).toBe(takes);
  });

  test('says what it measured, or what does not work', () => {
    expect(fastest([works('webgpu', 2)]).reason).toBe(
      'it is faster than the CPU (2.0 ms against 4.0 ms for a matrix product of 768 × 768 × 768)',
    );
    expect(fastest([fails('webgpu', 'no driver'), works('cuda', 5)]).reason).toBe(
      'WebGPU does not work here (no driver), and CUDA is slower here (5.0 ms against 4.0 ms for a matrix product of 768 × 768 × 768)',
    );
  });
});

/** Vulkan looks for its drivers in these files alone, and finds none. */
function withoutDrivers(): void {
  for (const name of ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES']) vi.stubEnv(name, '/nowhere/icd.json');
}

afterEach(() => vi.unstubAllEnvs());
