/** `npm run bench [suite …] [-- --json] [-- --save]`: measures the suites of suites/, by default all of them. */
import { mkdir, readdir } from 'node:fs/promises';
import { cpus, loadavg, platform } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import { replaceJson } from '../../trainer/files/replaceFile.ts';
import type { Figure, Suite } from './figure.ts';

const suitesDirectory = join(import.meta.dirname, 'suites');
const resultsDirectory = join(import.meta.dirname, 'results');

interface Options {
  readonly json?: true;
  readonly save?: true;
}

async function main(asked: readonly string[], { json, save }: Options): Promise<void> {
  const known = (await readdir(suitesDirectory)).map((file) => file.replace(/\.ts$/, '')).sort();
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown) throw new HumanError(`There is no suite ${unknown}: choose from ${known.join(', ')}.`);
  for (const suite of asked.length > 0 ? asked : known) {
    const { figures }: Suite = await import(join(suitesDirectory, `${suite}.ts`));
    const measured: Figure[] = [];
    if (!json) console.log(`\n${suite}`);
    for await (const one of figures()) {
      const figure: Figure = { suite, ...one };
      measured.push(figure);
      console.log(json ? JSON.stringify(figure) : row(figure));
    }
    if (save) await keep(suite, measured);
  }
}

/** One line for people: `  1024 x 1024 x 1024      230 GFLOP/s   41 x plain JavaScript (5.6)   ± 3%`. */
function row({ figure, value, unit, peer, peerValue, ratio, spread }: Figure): string {
  const ours = `${short(value)} ${unit}`.padStart(20);
  const theirs = peer === null ? '' : `${short(ratio!)} x ${peer} (${short(peerValue!)})`;
  return `  ${figure.padEnd(36)}${ours}   ${theirs.padEnd(44)} ± ${Math.round(spread * 50)}%`;
}

const short = (value: number) =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

async function keep(suite: string, figures: readonly Figure[]): Promise<void> {
  const [cpu] = cpus();
  await mkdir(resultsDirectory, { recursive: true });
  await replaceJson(join(resultsDirectory, `${suite}.json`), {
    date: new Date().toISOString(),
    machine: { cpu: cpu?.model, threads: cpus().length, platform: platform(), node: process.version },
    /** Processes that wanted to run, on average over the last minute and the last fifteen. */
    load: { oneMinute: loadavg()[0], fifteenMinutes: loadavg()[2] },
    figures,
  });
}

const program = new Command('bench')
  .argument('[suites...]', 'suites to measure (default: all)')
  .option('--json', 'one JSON object a figure on stdout')
  .option('--save', 'keep the figures in test/bench/results/<suite>.json')
  .action(main);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof HumanError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
