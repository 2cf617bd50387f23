import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../packaging/places.ts';
import { platformHere } from '../../packaging/platforms.ts';
import { sampleWorkspace } from '../host/workspaces.ts';
import { openBrowser, type Size, workbenchAddress } from '../vscode/browser.ts';
import { startServer, type VsCodeServer } from '../vscode/server.ts';
import { Workbench } from '../vscode/workbench.ts';
import { eventLoopVariables, packEventLoopProbe } from './eventLoop.ts';

/** A VS Code with the installed package, a copy of the sample workspace open in it. */
export interface Session extends AsyncDisposable {
  readonly workbench: Workbench;
  readonly workspace: string;
  readonly server: VsCodeServer;
  /** Where the extension host reports its event loop. */
  readonly eventLoopFile: string;
}

export interface SessionOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: Size;
}

export async function openSession({ settings = {}, size }: SessionOptions = {}): Promise<Session> {
  const vsix = packageFile(platformHere());
  if (!existsSync(vsix)) throw new Error(`${vsix} is not there: run "npm run package" first.`);
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await sampleWorkspace());
  const eventLoopFile = join(workspace.path, '../event-loop.jsonl');
  const probe = await packEventLoopProbe(join(workspace.path, '..'));
  const server = stack.use(
    await startServer({ vsix: [vsix, probe], settings, env: eventLoopVariables(eventLoopFile) }),
  );
  const browser = stack.use(await openBrowser(server.home, size));
  const workbench = new Workbench(browser.page);
  await browser.page.goto(workbenchAddress(server, workspace.path));
  await workbench.ready();
  const owned = stack.move();
  return {
    workbench,
    server,
    workspace: workspace.path,
    eventLoopFile,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
