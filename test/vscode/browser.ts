import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.ts';
import type { VsCodeServer } from './server.ts';

export interface Browser extends AsyncDisposable {
  readonly page: Page;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A headless Chromium that reaches nothing but loopback, with its profile in the server's temporary folder. */
export async function openBrowser(home: string, size: Size = { width: 1280, height: 800 }): Promise<Browser> {
  const executablePath = await ensureChromium();
  const temporary = join(home, 'browser');
  await mkdir(temporary, { recursive: true });
  const context = await chromium.launchPersistentContext(join(temporary, 'profile'), {
    executablePath,
    headless: true,
    chromiumSandbox: false,
    viewport: size,
    env: { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', TMPDIR: temporary },
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-gpu',
      '--disable-quic',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--no-first-run',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, [Symbol.asyncDispose]: () => context.close() };
}

/** The address of the workbench with a folder or a `.code-workspace` file open, or with nothing. */
export function workbenchAddress(server: VsCodeServer, place?: string): string {
  const url = new URL(server.origin);
  if (place === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(place.endsWith('.code-workspace') ? 'workspace' : 'folder', place);
  return url.href;
}

export interface Development {
  /** Absolute paths of folders of extensions. */
  readonly extensions: readonly string[];
  /** Absolute path of the module that runs tests. */
  readonly tests: string;
}

/**
 * Makes the page load extensions from their folders and run tests, as `--extensionDevelopmentPath` does on the desktop. The
 * page's configuration is changed as it is read, because the server's own way for this also hides notifications.
 */
export async function developIn(page: Page, server: VsCodeServer, development: Development): Promise<void> {
  const address = (path: string) => ({ $mid: 1, scheme: 'vscode-remote', authority: server.authority, path });
  const options = {
    extensions: development.extensions.map(address),
    extensionTestsPath: address(development.tests),
  };
  await page.addInitScript((developmentOptions) => {
    const { prototype } = (globalThis as unknown as { Element: { prototype: PageElement } }).Element;
    const original = prototype.getAttribute;
    prototype.getAttribute = function (name) {
      const value = original.call(this, name);
      const isConfiguration = name === 'data-settings' && this.id === 'vscode-workbench-web-configuration';
      if (!isConfiguration || value === null) return value;
      const settings = JSON.parse(value);
      return JSON.stringify({
        ...settings,
        developmentOptions: { ...settings.developmentOptions, ...developmentOptions },
      });
    };
  }, options);
}

/** What is used of an element, since the types of pages are not known here. */
interface PageElement {
  readonly id: string;
  getAttribute(this: PageElement, name: string): string | null;
}
