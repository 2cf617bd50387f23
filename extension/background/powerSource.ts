import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  linuxPowerSource,
  macPowerSource,
  type PowerSource,
  type PowerSupply,
  windowsPowerSource,
} from './battery.ts';

const supplies = '/sys/class/power_supply';
const timeout = 10_000;

/** What the machine runs on. Where that cannot be found out, it is unknown, and nothing is paused for it. */
export async function powerSource(): Promise<PowerSource> {
  switch (process.platform) {
    case 'linux':
      return linuxPowerSource(await linuxSupplies());
    case 'darwin':
      return macPowerSource(await outputOf('pmset', ['-g', 'batt']));
    case 'win32': {
      const command = '(Get-CimInstance Win32_Battery).BatteryStatus';
      return windowsPowerSource(await outputOf('powershell', ['-NoProfile', '-Command', command]));
    }
    default:
      return 'unknown';
  }
}

async function linuxSupplies(): Promise<PowerSupply[]> {
  const names = await readdir(supplies).catch(() => []);
  return Promise.all(
    names.map(async (name) => {
      const read = (file: string) => readFile(join(supplies, name, file), 'utf8').catch(() => undefined);
      const [type = '', online, status, scope] = await Promise.all(
        ['type', 'online', 'status', 'scope'].map(read),
      );
      return { type, online, status, scope };
    }),
  );
}

async function outputOf(file: string, words: readonly string[]): Promise<string> {
  const { execa } = await import('execa');
  const { stdout } = await execa(file, words, { reject: false, timeout });
  return stdout ?? '';
}
