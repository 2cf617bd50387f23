import { type FileHandle, open } from 'node:fs/promises';
import { HumanError } from '../../sandbox/humanError.ts';
import { whyUnreadable } from '../files/readJson.ts';

const newline = 0x0a;
const chunkBytes = 1 << 20;
const headBytes = 64;

/** Told each whole line, without its newline, and where it begins in the file. The bytes are only lent. */
export type OnLine = (line: Buffer, offset: number) => void;

/**
 * Reads a log of lines from where the last reading ended. A torn last line is left for the next reading.
 *
 * A run that is resumed cuts its logs back and writes other lines over the old ones: the last line read is looked at
 * again, and where it is another, or gone, everything counts as unread.
 */
export class LineTail {
  readonly #path: string;
  #position = 0;
  #size = 0;
  #last: { readonly offset: number; readonly head: Buffer } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Share of the file that has been read, in [0, 1]. */
  get share(): number {
    return this.#size === 0 ? 1 : Math.min(1, this.#position / this.#size);
  }

  /**
   * A missing file is empty.
   *
   * @param onRestart is told, before any line, that the lines told so far count no more.
   * @throws HumanError when the file may not be read.
   */
  async read(onLine: OnLine, onRestart: () => void, signal?: AbortSignal): Promise<void> {
    let file: FileHandle;
    try {
      file = await open(this.#path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw new HumanError(`${this.#path} ${whyUnreadable(error)}: check its rights.`);
      }
      this.#size = 0;
      if (this.#position > 0) this.#restart(onRestart);
      return;
    }
    try {
      this.#size = (await file.stat()).size;
      if (!(await this.#isContinued(file))) this.#restart(onRestart);
      await this.#readOn(file, onLine, signal);
    } finally {
      await file.close();
    }
  }

  async #readOn(file: FileHandle, onLine: OnLine, signal: AbortSignal | undefined): Promise<void> {
    let buffer = Buffer.allocUnsafe(chunkBytes);
    let filled = 0;
    while (!signal?.aborted) {
      if (filled === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, this.#position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
      const used = this.#tell(buffer.subarray(0, filled), onLine);
      buffer.copyWithin(0, used, filled);
      filled -= used;
      this.#size = Math.max(this.#size, this.#position + filled);
    }
    // A torn line is no part of what there is to read.
    if (!signal?.aborted) this.#size = this.#position;
  }

  /** Bytes of the whole lines at the start of `bytes`, which are told. */
  #tell(bytes: Buffer, onLine: OnLine): number {
    let begin = 0;
    let last = { begin: 0, end: -1 };
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
      onLine(bytes.subarray(begin, end), this.#position + begin);
      last = { begin, end };
      begin = end + 1;
    }
    if (last.end >= 0) {
      const head = Buffer.from(bytes.subarray(last.begin, Math.min(last.end, last.begin + headBytes)));
      this.#last = { offset: this.#position + last.begin, head };
    }
    this.#position += begin;
    return begin;
  }

  async #isContinued(file: FileHandle): Promise<boolean> {
    if (!this.#last) return true;
    if (this.#size < this.#position) return false;
    const { offset, head } = this.#last;
    const { bytesRead, buffer } = await file.read(Buffer.alloc(head.length), 0, head.length, offset);
    return bytesRead === head.length && head.equals(buffer);
  }

  #restart(onRestart: () => void): void {
    this.#position = 0;
    this.#last = undefined;
    onRestart();
  }
}
