/** The bundled page in a browser, with the real run reader behind it in the place of the extension host. */
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { HostMessage, PageMessage } from '../../../extension/panel/messages.ts';
import { pageHtml } from '../../../extension/panel/pageHtml.ts';
import { ReaderClient } from '../../../extension/panel/readerClient.ts';
import { ensureChromium } from '../../vscode/chromium.ts';
import { bodyClasses, type ThemeName, themes } from './themes.ts';

const dist = join(import.meta.dirname, '../../../dist');
/** Nothing listens there: the browser is answered by `route`. */
const origin = 'http://panel.test';

export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

type Texts = Readonly<Record<string, string>> | undefined;

export class PanelPage implements AsyncDisposable {
  readonly page: Page;
  /** Where the page said last that somebody is in it. */
  at: unknown;
  /** Messages that only VS Code could answer. */
  readonly forEditor: PageMessage[] = [];
  readonly #context: BrowserContext;
  readonly #reader: ReaderClient;
  readonly #root: string;
  readonly #texts: Texts;
  #restored: unknown;
  #closed = false;

  private constructor(page: Page, context: BrowserContext, root: string, texts: Texts) {
    this.page = page;
    this.#texts = texts;
    this.#context = context;
    this.#root = root;
    this.#reader = new ReaderClient({
      node: () => process.execPath,
      script: join(dist, 'runReader.cjs'),
      onLog: (line) => console.error(line),
      onChange: (change) => void this.tell({ type: 'changed', change }),
    });
  }

  /**
   * @param root the directory of runs. @param texts a translation.
   * @param restored where somebody was in a page that this one takes the place of.
   */
  static async open(browser: Browser, root: string, texts?: Texts, restored?: unknown): Promise<PanelPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const panel = new PanelPage(page, context, root, texts);
    panel.#restored = restored;
    await panel.#prepare();
    await page.goto(`${origin}/`);
    return panel;
  }

  tell(message: HostMessage): Promise<void> {
    return this.page
      .evaluate((sent) => window.postMessage(sent), message)
      .catch((error: unknown) => {
        // What was asked for last may be answered when the page is gone.
        if (!this.#closed) throw error;
      });
  }

  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate(
      ({ variables, bodyClass }) => {
        document.documentElement.removeAttribute('style');
        for (const [name, value] of Object.entries(variables)) {
          document.documentElement.style.setProperty(`--vscode-${name}`, value);
        }
        document.body.className = bodyClass;
      },
      { variables: themes[theme], bodyClass: bodyClasses[theme] },
    );
  }

  /** What the content security policy refused since the page was loaded. */
  violations(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#reader[Symbol.dispose]();
    await this.#context.close();
  }

  async #prepare(): Promise<void> {
    const html = pageHtml({
      source: origin,
      nonce: 'bm9uY2U=',
      script: `${origin}/panel.js`,
      style: `${origin}/panel.css`,
      language: 'en',
      texts: this.#texts,
    });
    await this.page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') await route.fulfill({ body: html, contentType: 'text/html' });
      else await route.fulfill({ path: join(dist, pathname) });
    });
    await this.page.exposeFunction('tellHost', (message: PageMessage) => void this.#receive(message));
    await this.page.addInitScript(() => {
      const own = window as unknown as {
        violations: string[];
        tellHost: (message: unknown) => void;
        acquireVsCodeApi: () => unknown;
      };
      own.violations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
        own.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`),
      );
      own.acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => own.tellHost(message),
        getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
        setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
      });
    });
  }

  async #receive(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready': {
        if (this.#restored !== undefined) await this.tell({ type: 'restore', state: this.#restored });
        this.#restored = undefined;
        const runs = await this.#reader.ask('list', { roots: [this.#root] });
        return await this.tell({ type: 'runs', runs, trainer: null });
      }
      case 'ask': {
        const { id, call, asks } = message;
        const answered = await this.#reader.ask(call, asks).then(
          (answer): HostMessage => ({ type: 'answer', id, answer }),
          (error: Error): HostMessage => ({ type: 'refusal', id, reason: error.message }),
        );
        return await this.tell(answered);
      }
      case 'at':
        this.at = message.state;
        return;
      case 'follow':
        return await this.#reader.follow(message.run);
      default:
        this.forEditor.push(message);
    }
  }
}
