import type { Platform } from './platforms.ts';

export type Machine = Pick<Platform, 'os' | 'arch'>;

/**
 * The machine that a native file was made for, by its first bytes: an ELF file's `e_machine`, a Mach-O file's `cputype`,
 * a PE file's `Machine`. Undefined for other files.
 */
export function machineOf(head: Buffer): Machine | undefined {
  if (head.length < 64) return undefined;
  if (head.readUInt32BE(0) === 0x7f454c46) {
    const arch = { 62: 'x64', 183: 'arm64' } as const;
    return machine('linux', arch, head.readUInt16LE(18));
  }
  if (head.readUInt32LE(0) === 0xfeedfacf) {
    return machine('darwin', { 16777223: 'x64', 16777228: 'arm64' }, head.readUInt32LE(4));
  }
  if (head.toString('latin1', 0, 2) === 'MZ') {
    const header = head.readUInt32LE(0x3c);
    if (header + 6 > head.length || head.toString('latin1', header, header + 2) !== 'PE') return undefined;
    return machine('win32', { 34404: 'x64', 43620: 'arm64' }, head.readUInt16LE(header + 4));
  }
  return undefined;
}

function machine(
  os: Machine['os'],
  archs: Readonly<Record<number, Machine['arch']>>,
  code: number,
): Machine | undefined {
  const arch = archs[code];
  return arch && { os, arch };
}
