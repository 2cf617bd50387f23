import { basename } from 'node:path';

const folder = '/sys/class/power_supply';
const files: Readonly<Record<string, string>> = { type: 'Battery\n', status: 'Discharging\n' };

/** While this lives, the extension, which runs in the process of its tests, sees a machine of Linux that runs on its battery. */
export function withBattery(): Disposable {
  const system = process.getBuiltinModule('node:fs/promises');
  const { readdir, readFile } = system;
  Object.assign(system, {
    readdir: (path: string, ...more: []) =>
      path === folder ? Promise.resolve(['BAT0']) : readdir(path, ...more),
    readFile: async (path: string, ...more: []) => {
      if (typeof path !== 'string' || !path.startsWith(folder)) return readFile(path, ...more);
      const text = files[basename(path)];
      if (text === undefined) throw new Error('ENOENT');
      return text;
    },
  });
  return { [Symbol.dispose]: () => void Object.assign(system, { readdir, readFile }) };
}
