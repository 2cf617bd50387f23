/** What happened to suggestions, as JSON lines in the workspace. Nothing of it is ever sent anywhere. */
import { appendFile, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { PromptForm } from '../../trainer/protocol.ts';
import type { SuggestionSource, WhyNothing } from './outcome.ts';

export type CompletionRecord =
  /** Handed to the editor, which decides whether to show it. `id` names it in the records that follow. */
  | {
      readonly event: 'offered';
      readonly id: string;
      readonly file: string;
      readonly language: string;
      readonly form: PromptForm;
      readonly source: SuggestionSource;
      readonly policy: string;
      readonly characters: number;
      readonly milliseconds: number;
    }
  | { readonly event: 'nothing'; readonly why: WhyNothing; readonly file: string }
  /** `prefix` and `suffix`, what stood around it, are there where completions may be learned from. */
  | {
      readonly event: 'accepted';
      readonly id: string;
      readonly file: string;
      readonly language: string;
      readonly text: string;
      readonly prefix?: string;
      readonly suffix?: string;
    }
  /** So many characters of its beginning were taken at once, as the command for the next word or line does. */
  | { readonly event: 'partly'; readonly id: string; readonly characters: number }
  /** Something else was typed, or the cursor went elsewhere. */
  | { readonly event: 'dismissed'; readonly id: string }
  /** Whether an accepted text is still in the document, and the share of it that has been changed. */
  | {
      readonly event: 'survival';
      readonly id: string;
      readonly seconds: number;
      readonly survives: boolean;
      readonly changed: number;
    };

const largest = 8 * 1024 * 1024;

/** Appends in the background: whoever records never waits, and a disk that cannot be written loses records, not keys. */
export class RecordLog {
  readonly path: string;
  readonly #onTrouble: (sentence: string) => void;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
  #prepared = false;
  #troubled = false;

  /** `folder` is a workspace folder. */
  constructor(folder: string, onTrouble: (sentence: string) => void) {
    this.path = join(folder, '.reinforce', 'completions.jsonl');
    this.#onTrouble = onTrouble;
  }

  append(record: CompletionRecord): void {
    if (this.#waiting.length >= 1000) return;
    this.#waiting.push(`${JSON.stringify({ time: new Date().toISOString(), ...record })}\n`);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when all that was appended is written, or lost. */
  async flushed(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.join('');
      this.#waiting = [];
      try {
        await this.#prepare();
        await appendFile(this.path, lines);
        this.#troubled = false;
      } catch (error) {
        if (!this.#troubled) {
          const { code = '' } = error as NodeJS.ErrnoException;
          this.#onTrouble(l10n.t('{0} cannot be written ({1}).', this.path, code));
        }
        this.#troubled = true;
      }
    }
  }

  /** Makes the folder, out of sight of version control, and keeps the file from growing without end. */
  async #prepare(): Promise<void> {
    if (!this.#prepared) {
      const folder = dirname(this.path);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(unlessCode('EEXIST'));
      this.#prepared = true;
    }
    const size = await stat(this.path).then((found) => found.size, unlessCode('ENOENT'));
    if (size && size > largest) await rename(this.path, this.path.replace(/\.jsonl$/, '.old.jsonl'));
  }
}

const unlessCode = (expected: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== expected) throw error;
};
