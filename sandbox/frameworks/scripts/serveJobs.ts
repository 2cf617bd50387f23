/**
 * Runs inside the sandbox, as the part that all runners in JavaScript share: says that it is ready, then reads one job a
 * line from standard input and answers each with a line on descriptor 3.
 *
 * The code under test may share this process, so this is a hurdle, not a wall: whoever patches the framework could still
 * forge a result.
 */
import { readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { ServedJob, ServedReport } from '../servedProtocol.ts';
import { idOf } from './testNames.ts';

const CHANNEL = 3;
const pause = new Int32Array(new SharedArrayBuffer(4));
const { parse, stringify } = JSON;

/** Runs one job's tests. */
export type RunJob = (job: Job) => Promise<Omit<ServedReport, 'executed'>>;
export type Job = Omit<ServedJob, 'nonce'>;

/** What the program is told on its command line, as JSON. */
export interface ScriptBoot {
  /** Absolute path of the file that the framework is loaded from. */
  readonly module: string;
  /** Folder that it is set up in: absolute; as it is told, inside of the working directory, which may be a copy. */
  readonly folder: string;
}

const told: ScriptBoot = parse(process.argv.at(-1)!);
export const boot: ScriptBoot = { ...told, folder: join(process.cwd(), told.folder) };

/** Serves jobs until standard input ends, one at a time. */
export async function serveJobs(run: RunJob): Promise<void> {
  // Probes in the sources leave their numbers here, from whatever thread or process they run in.
  const probes = join(tmpdir(), 'executed');
  process.env.REINFORCE_PROBES = probes;
  // Tests that end the process find their way past this: the parent notices that no answer came.
  process.on('uncaughtException', () => {});
  process.on('unhandledRejection', () => {});
  write('ready\n');
  for await (const line of lines()) {
    const { nonce, ...job }: ServedJob = parse(line);
    rmSync(probes, { force: true });
    const report = await run(job).catch((error: unknown) => broken(error));
    write(`${nonce} ${stringify({ ...report, executed: probesIn(probes, job.files[0]!) })}\n`);
  }
}

function broken(error: unknown): Omit<ServedReport, 'executed'> {
  return { outcomes: [], loadError: null, broken: describe(error) };
}

export function describe(error: unknown): string {
  const { name, message } = (typeof error === 'object' && error !== null ? error : {}) as Partial<Error>;
  const text = message === undefined ? String(error) : `${name ?? 'Error'}: ${message}`;
  return stripVTControlCharacters(text).slice(0, 300);
}

async function* lines(): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}

/** Writes to a pipe that may be full for the moment: the parent reads it, so waiting helps. */
function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(CHANNEL, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

/** What probes left behind: the test, if they could tell, as a list of names, and their number. */
function probesIn(file: string, testFile: string): ServedReport['executed'] {
  let lines: string[];
  try {
    lines = [...new Set(readFileSync(file, 'utf8').split('\n'))].filter(Boolean);
  } catch {
    return []; // None was reached.
  }
  const found = lines.map((line): { names: string[]; at: number } => parse(line));
  const byTest = Map.groupBy(found, ({ names }) => (names.length > 0 ? idOf(testFile, names) : ''));
  return [...byTest].map(([test, group]) => [test, group.map(({ at }) => at)]);
}
