import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import type { Device } from './program.ts';

export interface DeviceChoice {
  readonly device: Device;
  /** Why, as the end of a sentence such as "Device: cpu, because …". */
  readonly reason: string;
}

/** What the probe answers: milliseconds of one square matrix product on each device. */
const timings = z.object({ size: z.int(), cpu: z.number().positive(), webgpu: z.number().positive() });

const timeoutMilliseconds = 30_000;

/**
 * Chooses what computes: `auto` takes WebGPU where it works and is faster than the CPU on a matrix product. That is
 * tried in a process of its own, because a graphics driver that crashes takes its whole process with it.
 *
 * @throws HumanError when WebGPU was asked for and does not work; the signal's reason when aborted.
 */
export async function chooseDevice(wanted: 'auto' | Device, signal?: AbortSignal): Promise<DeviceChoice> {
  if (wanted === 'cpu') return { device: 'cpu', reason: 'it was asked for' };
  const result = await execa(process.execPath, ['--no-warnings', probeFile()], {
    timeout: timeoutMilliseconds,
    reject: false,
    stdin: 'ignore',
    ...(signal ? { cancelSignal: signal } : {}),
  });
  signal?.throwIfAborted();
  const trouble = result.failed ? troubleOf(result) : undefined;
  if (wanted === 'webgpu') {
    if (trouble === undefined) return { device: 'webgpu', reason: 'it was asked for' };
    throw new HumanError(
      `WebGPU does not work here (${trouble}): install the driver of the graphics card, or use --device cpu.`,
    );
  }
  if (trouble !== undefined) return { device: 'cpu', reason: `WebGPU does not work here (${trouble})` };
  const { size, cpu, webgpu } = timings.parse(JSON.parse(result.stdout));
  const took = `${webgpu.toFixed(1)} ms against ${cpu.toFixed(1)} ms for a matrix product of ${size} × ${size} × ${size}`;
  return webgpu < cpu
    ? { device: 'webgpu', reason: `it is faster than the CPU (${took})` }
    : { device: 'cpu', reason: `WebGPU is slower here (${took})` };
}

/** The probe's own file: beside this one in the sources, beside the bundle once bundled. */
function probeFile(): string {
  const bundled = fileURLToPath(new URL('./deviceProbe.js', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./deviceProbe.ts', import.meta.url));
}

function troubleOf(result: {
  readonly timedOut: boolean;
  readonly signal?: string | undefined;
  readonly stderr: string;
}): string {
  if (result.timedOut) return `it did not answer within ${timeoutMilliseconds / 1000} s`;
  if (result.signal) return `it crashed with ${result.signal}`;
  const lines = result.stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1)?.trim().slice(0, 200) ?? 'it gave no answer';
}
