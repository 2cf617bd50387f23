import { afterEach, expect, test, vi } from 'vitest';
import { chooseDevice } from '../../../trainer/graph/device.ts';

test('the CPU that was asked for is taken unseen', async () => {
  expect(await chooseDevice('cpu')).toEqual({ device: 'cpu', reason: 'it was asked for' });
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

/** Vulkan looks for its drivers in these files alone, and finds none. */
function withoutDrivers(): void {
  for (const name of ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES']) vi.stubEnv(name, '/nowhere/icd.json');
}

afterEach(() => vi.unstubAllEnvs());
