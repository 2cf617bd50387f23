import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import type { Device } from './program.ts';
import { missingCuda } from './providers.ts';

export interface DeviceChoice {
  readonly device: Device;
  /** Why, as the end of a sentence such as "Device: cpu, because …". */
  readonly reason: string;
  /** Whether it takes weights in float16. */
  readonly float16: boolean;
}

type Gpu = Exclude<Device, 'cpu'>;

/** What a device that is not the CPU was found to do. */
export type Trial = { readonly device: Gpu } & (
  | { readonly works: true; readonly timings: Timings; readonly float16: boolean }
  /** Why not, as a clause; and what to do, as a sentence. */
  | { readonly works: false; readonly trouble: string; readonly remedy: string }
);

/** What the probe answers: milliseconds of one square matrix product on the CPU and on the device. */
const timings = z.object({ size: z.int(), cpu: z.number().positive(), device: z.number().positive() });
type Timings = z.output<typeof timings>;
const answer = timings.extend({ float16: z.boolean() });

export const deviceTitles: Readonly<Record<Device, string>> = { cpu: 'CPU', webgpu: 'WebGPU', cuda: 'CUDA' };
export const devices = Object.keys(deviceTitles) as readonly Device[];
const timeoutMilliseconds = 30_000;

/**
 * Chooses what computes: `auto` takes the fastest on a matrix product of those that work.
 *
 * @throws HumanError when a device was asked for that does not work; the signal's reason when aborted.
 */
export async function chooseDevice(wanted: 'auto' | Device, signal?: AbortSignal): Promise<DeviceChoice> {
  if (wanted === 'cpu') return { device: 'cpu', reason: 'it was asked for', float16: true };
  if (wanted === 'auto') return fastest(await tryDevices(signal));
  const trial = await tryDevice(wanted, signal);
  if (!trial.works) throw new HumanError(trial.remedy);
  return { device: wanted, reason: 'it was asked for', float16: trial.float16 };
}

/** Tries every device beside the CPU. @throws the signal's reason when aborted. */
export async function tryDevices(signal?: AbortSignal): Promise<Trial[]> {
  return [await tryDevice('webgpu', signal), await tryDevice('cuda', signal)];
}

/** What `auto` takes of these. */
export function fastest(trials: readonly Trial[]): DeviceChoice {
  const working = trials.filter((trial) => trial.works);
  const [best] = working.sort((a, b) => a.timings.device - b.timings.device);
  if (best && best.timings.device < best.timings.cpu) {
    const reason = `it is faster than the CPU (${took(best.timings)})`;
    return { device: best.device, reason, float16: best.float16 };
  }
  // Who has not installed CUDA need not hear of it each time.
  const told = trials.filter((trial) => trial.works || trial.device !== 'cuda');
  const reasons = told.map((trial) =>
    trial.works
      ? `${deviceTitles[trial.device]} is slower here (${took(trial.timings)})`
      : `${deviceTitles[trial.device]} does not work here (${trial.trouble})`,
  );
  return { device: 'cpu', reason: reasons.join(', and '), float16: true };
}

/** "0.3 ms against 4.1 ms for a matrix product of 768 × 768 × 768" */
export const took = ({ size, cpu, device }: Timings): string =>
  `${device.toFixed(1)} ms against ${cpu.toFixed(1)} ms for a matrix product of ${size} × ${size} × ${size}`;

/** In a process of its own, because a graphics driver that crashes takes its whole process with it. */
async function tryDevice(device: Gpu, signal?: AbortSignal): Promise<Trial> {
  const missing = device === 'cuda' ? missingCuda() : undefined;
  if (missing) return { device, works: false, trouble: 'it is not installed', remedy: missing };
  const result = await execa(process.execPath, ['--no-warnings', probeFile(), device], {
    timeout: timeoutMilliseconds,
    reject: false,
    stdin: 'ignore',
    ...(signal ? { cancelSignal: signal } : {}),
  });
  signal?.throwIfAborted();
  if (!result.failed) {
    const { float16, ...timings } = answer.parse(JSON.parse(result.stdout));
    return { device, works: true, timings, float16 };
  }
  const trouble = troubleOf(result);
  const mend = {
    webgpu: 'install the driver of the graphics card',
    cuda: 'install the driver of the graphics card, CUDA 12 and cuDNN 9',
  }[device];
  const remedy = `${deviceTitles[device]} does not work here (${trouble}): ${mend}, or use --device cpu.`;
  return { device, works: false, trouble, remedy };
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
