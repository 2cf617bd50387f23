import { type FileHandle, open, rename, stat } from 'node:fs/promises';

const mostBytes = 1 << 20;

/** A log of lines, each with its time. A full one is renamed to `<path>.1`, so that the two never take more than 2 MiB. */
export class LogFile implements AsyncDisposable {
  readonly #path: string;
  readonly #onLine: (line: string) => void;
  #file: FileHandle;
  #length: number;
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, length: number, onLine: (line: string) => void) {
    this.#path = path;
    this.#file = file;
    this.#length = length;
    this.#onLine = onLine;
  }

  static async open(path: string, onLine: (line: string) => void): Promise<LogFile> {
    const file = await open(path, 'a');
    return new LogFile(path, file, (await stat(path)).size, onLine);
  }

  /** Never fails: that a line cannot be written, as on a full disk, must not end what the line is about. */
  write(text: string): void {
    this.#onLine(text);
    const line = `${new Date().toISOString()} ${text}\n`;
    this.#last = this.#last.then(() => this.#append(line)).catch(() => {});
  }

  async #append(line: string): Promise<void> {
    if (this.#length >= mostBytes) {
      await this.#file.close();
      await rename(this.#path, `${this.#path}.1`);
      this.#file = await open(this.#path, 'a');
      this.#length = 0;
    }
    await this.#file.appendFile(line);
    this.#length += Buffer.byteLength(line);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
    await this.#file.close();
  }
}
