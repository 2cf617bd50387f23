import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { ensureCodeServer } from './codeServer.ts';
import { quietSettings, skippedExtensions, trustSettings } from './userSettings.ts';

export interface ServerOptions {
  /** VSIX files to install before the server starts. */
  readonly vsix?: readonly string[];
  /** The user's settings, beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False leaves every folder untrusted. */
  readonly trusted?: boolean;
  /** Variables that the extension host sees; it sees nothing else of ours but PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A VS Code server of its own process group, listening on loopback, with all that it writes in one temporary folder. */
export interface VsCodeServer extends AsyncDisposable {
  readonly origin: string;
  /** Host and port, as its `vscode-remote` addresses hold them. */
  readonly authority: string;
  /** The temporary folder, whose path is short because Unix sockets in it allow no more than 107 bytes. */
  readonly home: string;
  readonly pid: number;
  /** What it wrote so far. */
  readonly log: () => string;
  /** Changes some of the user's settings, in the file that VS Code watches. */
  readonly changeSettings: (changes: Readonly<Record<string, unknown>>) => Promise<void>;
}

const startSeconds = 60;

export async function startServer(options: ServerOptions = {}): Promise<VsCodeServer> {
  const { vsix = [], settings = {}, trusted = true, env = {} } = options;
  const script = await ensureCodeServer();
  const home = await mkdtemp(join(tmpdir(), 'vsc-'));
  const userData = join(home, 'data');
  for (const folder of [join(userData, 'User'), join(home, 'tmp')]) await mkdir(folder, { recursive: true });
  let all = { ...quietSettings, ...trustSettings(trusted), ...settings };
  const changeSettings = async (changes: Readonly<Record<string, unknown>>): Promise<void> => {
    all = { ...all, ...changes };
    await writeFile(join(userData, 'User/settings.json'), JSON.stringify(all, null, 2));
  };
  await changeSettings({});
  const folders = [
    ...['--user-data-dir', userData, '--server-data-dir', join(home, 'server')],
    ...['--extensions-dir', join(home, 'extensions'), '--accept-server-license-terms'],
  ];
  const environment = {
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'C.UTF-8',
    // A trainer that is to outlive this server keeps its socket there.
    TMPDIR: env.REINFORCE_TEST_TMPDIR ?? join(home, 'tmp'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    VSCODE_SKIP_BUILTIN_EXTENSIONS: skippedExtensions.join(','),
    ...env,
  };
  for (const file of vsix) {
    await execa(process.execPath, [script, ...folders, '--install-extension', file], {
      env: environment,
      extendEnv: false,
      timeout: 60_000,
    });
  }
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      ...[script, ...folders, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--disable-telemetry', '--force-disable-user-env'],
      ...(trusted ? ['--disable-workspace-trust'] : []),
    ],
    { env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const running = await listening(child, port, home);
  return { ...running, changeSettings };
}

async function listening(
  child: ChildProcessByStdio<null, Readable, Readable>,
  port: number,
  home: string,
): Promise<Omit<VsCodeServer, 'changeSettings'>> {
  await once(child, 'spawn');
  const pid = child.pid!;
  const ended = once(child, 'exit').then(() => 'ended' as const);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const onExit = (): void => killGroup(pid, 'SIGKILL');
  process.on('exit', onExit);
  const stop = async (): Promise<void> => {
    killGroup(pid, 'SIGTERM');
    const killing = setTimeout(() => killGroup(pid, 'SIGKILL'), 2000);
    await ended;
    clearTimeout(killing);
    killGroup(pid, 'SIGKILL'); // What the server started may live longer than the server.
    process.off('exit', onExit);
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  const authority = `127.0.0.1:${port}`;
  const origin = `http://${authority}`;
  const signal = AbortSignal.timeout(startSeconds * 1000);
  for (;;) {
    const answer = await Promise.race([answers(origin), ended]);
    if (answer === true) break;
    if (answer === 'ended' || signal.aborted) {
      await stop();
      throw new Error(`VS Code's server did not start within ${startSeconds} s.\n${log}`);
    }
  }
  return { origin, authority, home, pid, log: () => log, [Symbol.asyncDispose]: stop };
}

/** Whether the server answers; an answer of no takes a moment. */
async function answers(origin: string): Promise<boolean> {
  try {
    if ((await fetch(`${origin}/version`)).ok) return true;
  } catch {
    // Nothing listens there yet.
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  return false;
}

/** The server can name its port only in its log, after it has written it into its pages. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
