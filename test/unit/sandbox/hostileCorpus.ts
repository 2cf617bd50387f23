/** The completions of test-fixtures/hostile/, and what must hold whatever they do. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export interface HostileCompletion {
  readonly name: string;
  readonly tries: string;
  /** What its grading must end with: a cheat's label, or a verdict where it is not one. Several where chance decides. */
  readonly labels: readonly string[];
  /** The same where completions are run whatever they use. `passed` says what neither isolation nor protocol prevents. */
  readonly labelsWhenRun: readonly string[];
  readonly body: string;
}

/** @param values what stands for `%NAME%` in the files. */
export function readCorpus(folder: string, values: Readonly<Record<string, string>>): HostileCompletion[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const header = (name: string) => new RegExp(`^(?://|#) ${name}: (.*)$`, 'm').exec(text)?.[1];
      const labels = header('Label')?.split(', ') ?? [];
      return {
        name: file.replace(/\.\w+$/, ''),
        tries: header('Tries') ?? '',
        labels,
        labelsWhenRun: header('Without the denylist')?.split(', ') ?? labels,
        body: `\n${text.replace(/%([A-Z]+)%/g, (_, name: string) => values[name]!)}`,
      };
    });
}

/** Every file below a folder, with its content, kind, rights and time of change. */
export function manifest(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const full = join(folder, path);
      const { mode, size, mtimeMs } = lstatSync(full);
      const stats = lstatSync(full);
      const content = stats.isFile() ? readFileSync(full) : stats.isSymbolicLink() ? readlinkSync(full) : '';
      const digest = createHash('sha256').update(content).digest('hex');
      return `${path} ${mode} ${size} ${stats.isDirectory() ? '' : mtimeMs} ${digest}`;
    });
}

/** Processes with this text on their command line or in their environment, except our own. */
export function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return ['cmdline', 'environ'].some((file) =>
        readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(mark),
      );
    } catch {
      return false;
    }
  });
}
