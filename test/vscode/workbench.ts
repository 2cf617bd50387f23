import type { Frame, Locator, Page } from 'playwright-core';

const patience = 30_000;

/** The window as a person uses it: by keyboard, by what is written on it, and by looking. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Resolves once extensions are there, and the palette lists their commands. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    for (const mark of ['code/didStartWorkbench', 'code/didLoadExtensions']) {
      const reached = (name: string) => performance.getEntriesByName(name).length > 0;
      await this.page.waitForFunction(reached, mark, { timeout: 60_000, polling: 100 });
    }
  }

  /** Runs a command from the palette by its whole title. */
  async command(title: string): Promise<void> {
    const row = await this.#inPalette(`>${title}`, title);
    await row.click();
    await row.waitFor({ state: 'hidden' });
  }

  /** Whether the palette offers a command now: one that cannot work is not offered, also after a few seconds. */
  async offers(title: string): Promise<boolean> {
    await this.#palette(`>${title}`);
    const found = await isThere(this.#row(title), 5000);
    await this.page.keyboard.press('Escape');
    return found;
  }

  /** Opens a file of the workspace by its name. */
  async open(name: string): Promise<Locator> {
    await this.#inPalette(name, name);
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: patience });
    const editor = this.editor(name);
    await editor.locator('.view-lines').waitFor();
    return editor;
  }

  editor(name: string): Locator {
    return this.page.locator(`.monaco-editor[data-uri$="/${name}"]`).first();
  }

  /** Puts the cursor at the end of a line, counted from 1. */
  async goToEnd(name: string, line: number): Promise<void> {
    await this.editor(name).locator('.view-lines').click();
    await this.page.locator(`.monaco-editor.focused[data-uri$="/${name}"]`).waitFor();
    await this.#palette(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('End');
  }

  /** Suggested text that is not part of the file yet. */
  ghostText(name: string): Locator {
    return this.editor(name).locator('.ghost-text-decoration, .ghost-text-decoration-preview, .ghost-text');
  }

  /** The page inside a webview, told from others by something that is in it. */
  async webview(probe: string): Promise<Frame> {
    const until = Date.now() + patience;
    for (;;) {
      for (const frame of this.page.frames()) {
        // What an extension shows is two frames deep; one that is being closed holds nothing.
        if (frame.parentFrame()?.parentFrame() !== this.page.mainFrame()) continue;
        const found = await frame
          .locator(probe)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      if (Date.now() > until) throw new Error(`No webview holds ${probe}.`);
      await this.page.waitForTimeout(100);
    }
  }

  /** Notifications that hold a text, shown or waiting. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** The list is made when the palette opens: what an extension adds later shows when it is opened again. */
  async #inPalette(typed: string, label: string): Promise<Locator> {
    const row = this.#row(label);
    const until = Date.now() + patience;
    for (;;) {
      await this.#palette(typed);
      if (await isThere(row, 2000)) return row;
      await this.page.keyboard.press('Escape');
      if (Date.now() > until) throw new Error(`The palette has no "${label}".`);
    }
  }

  async #palette(typed: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible .quick-input-box input');
    // A key that is pressed while the window still moves its focus goes nowhere.
    const until = Date.now() + patience;
    do {
      if (Date.now() > until) throw new Error('The palette does not open.');
      await this.page.keyboard.press('F1');
    } while (!(await isThere(input, 2000)));
    await input.fill(typed);
  }

  #row(label: string): Locator {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    return rows.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) }).first();
  }
}

/** Whether something is seen within so many milliseconds. */
function isThere(what: Locator, timeout: number): Promise<boolean> {
  return what.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
