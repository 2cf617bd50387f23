import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { parseJson, whyUnreadable } from '../files/readJson.ts';
import { asWriteError } from '../files/replaceFile.ts';

const newline = 0x0a;

/**
 * A file of JSON lines that only grows. A line counts once its newline is written, so that whatever moment the
 * process dies at, the file is a row of whole lines and at most one torn one, which the next opening cuts off.
 */
export class AppendLog<T> {
  readonly #path: string;
  readonly #file: FileHandle;
  #length: number;
  /** Appends run one after another, whoever awaits them. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, file: FileHandle, length: number) {
    this.#path = path;
    this.#file = file;
    this.#length = length;
  }

  /** Opens the log for writing, makes it if there is none, and cuts off a torn last line. */
  static async open<T>(path: string): Promise<AppendLog<T>> {
    const file = await open(path, 'a+').catch((error: unknown) => {
      throw asWriteError(error, path);
    });
    const whole = await wholeLines(file);
    await file.truncate(whole);
    return new AppendLog<T>(path, file, whole);
  }

  /** Bytes of whole lines. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds records in one write: all of them or, when the disk is full, none.
   *
   * @throws HumanError when the disk is full.
   */
  append(records: readonly T[]): Promise<void> {
    return this.#inTurn(async () => {
      const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      try {
        await this.#file.appendFile(bytes);
      } catch (error) {
        await this.#file.truncate(this.#length);
        throw asWriteError(error, this.#path);
      }
      this.#length += bytes.length;
    });
  }

  /** Forces everything appended so far to disk. */
  sync(): Promise<void> {
    return this.#inTurn(() => this.#file.datasync());
  }

  /** Forgets all lines after the first `length` bytes. */
  truncate(length: number): Promise<void> {
    return this.#inTurn(async () => {
      if (length > this.#length) {
        throw new HumanError(
          `${this.#path} has ${this.#length} bytes and its checkpoint counts on ${length}: ` +
            'it was shortened since, so start a new run.',
        );
      }
      await this.#file.truncate(length);
      this.#length = length;
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#file.close());
  }

  #inTurn<R>(action: () => Promise<R>): Promise<R> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/**
 * The records of a log, whether or not somebody is writing it; a torn last line is left out. A missing file is empty.
 *
 * @throws HumanError naming the file and the line that is damaged.
 */
export async function* readLog<T>(path: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  let number = 0;
  let rest = '';
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 });
  try {
    for await (const chunk of stream) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        yield parseJson(line, `${path}, line ${++number}`, schema, 'the run is damaged there, remove it');
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error instanceof HumanError
      ? error
      : new HumanError(`${path} ${whyUnreadable(error)}: check its rights.`);
  }
}

/** Bytes up to and including the last newline, looked for from the end. */
async function wholeLines(file: FileHandle): Promise<number> {
  const buffer = Buffer.alloc(1 << 16);
  let end = (await file.stat()).size;
  while (end > 0) {
    const begin = Math.max(0, end - buffer.length);
    const { bytesRead } = await file.read(buffer, 0, end - begin, begin);
    const at = buffer.subarray(0, bytesRead).lastIndexOf(newline);
    if (at >= 0) return begin + at + 1;
    end = begin;
  }
  return 0;
}
