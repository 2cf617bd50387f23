import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { quietSettings, trustSettings } from './userSettings.ts';

export interface HostTests {
  /** Absolute paths of the folders of extensions. */
  readonly extensions: readonly string[];
  /** Absolute path of a CommonJS module with a function `run`. */
  readonly tests: string;
  /** Absolute path of the folder or `.code-workspace` file to open; without it an empty window. */
  readonly place?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False leaves the folder untrusted, which only code-server's VS Code can do in tests. */
  readonly trusted?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs tests inside an extension host: in code-server's VS Code, or in the desktop's where `REINFORCE_TEST_VSCODE` names a
 * version of it, such as `stable`, which is then downloaded.
 *
 * @throws Error when a test fails.
 */
export async function runHostTests(options: HostTests): Promise<void> {
  const { extensions, tests, place, settings = {}, trusted = true, env = {} } = options;
  const userData = await mkdtemp(join(tmpdir(), 'vscd-'));
  const version = process.env.REINFORCE_TEST_VSCODE;
  try {
    await mkdir(join(userData, 'User'));
    const all = { ...quietSettings, ...trustSettings(trusted), ...settings };
    await writeFile(join(userData, 'User/settings.json'), JSON.stringify(all, null, 2));
    await runTests({
      ...(version ? { version } : { vscodeExecutablePath: join(import.meta.dirname, 'code.ts') }),
      extensionDevelopmentPath: [...extensions],
      extensionTestsPath: tests,
      launchArgs: [...(place === undefined ? [] : [place]), `--user-data-dir=${userData}`],
      // The stand-in for the executable needs this Node.
      extensionTestsEnv: { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), ...env },
    });
  } finally {
    await rm(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
