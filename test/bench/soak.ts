/**
 * `npm run soak [gradings] [-- --save]`: grades many completions in a row, good, bad and hostile ones, and compares what
 * this process and the machine hold before and after: processes, descriptors, mounts, temporary files, memory.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { Environment } from '../../sandbox/environment.ts';
import type { Task } from '../../sandbox/tasks/task.ts';
import { replaceJson } from '../../trainer/files/replaceFile.ts';

const workspace = join(import.meta.dirname, '../../test-fixtures/sample-workspace');
const resultPath = join(import.meta.dirname, 'results/soak.json');
/** Gradings that are under way at a time. */
const AT_ONCE = 8;

/** Gradings between two looks at memory. */
const SAMPLED = 100;

/** What is graded in turn; `n` makes each text another, so that nothing comes from the cache. */
const COMPLETIONS: readonly ((task: Task, n: number) => string)[] = [
  ({ body }, n) => `${body}/* ${n} */`,
  (_, n) => ` return ${n}; `,
  ({ body }, n) => `${body}; // ${n}`,
  (_, n) => ` throw new Error('${n}'); `,
  (_, n) => ` setInterval(() => {}, ${n}); return undefined; `,
  (_, n) => ` process.exit(${n}); `,
];

interface Holdings {
  readonly processes: number;
  readonly descriptors: number;
  readonly mounts: number;
  readonly temporaryFiles: readonly string[];
  readonly residentMegabytes: number;
  readonly heapMegabytes: number;
}

function holdings(): Holdings {
  const { heapUsed, rss } = process.memoryUsage();
  return {
    processes: descendants(process.pid),
    descriptors: readdirSync('/proc/self/fd').length,
    mounts: readFileSync('/proc/self/mounts', 'utf8').split('\n').length,
    temporaryFiles: readdirSync(tmpdir()).filter((name) => name.startsWith(`reinforce-copy-${process.pid}`)),
    residentMegabytes: Math.round(rss / 2 ** 20),
    heapMegabytes: Math.round(heapUsed / 2 ** 20),
  };
}

/** Resident memory, in MiB, and open descriptors of the process that starts the sandboxes, our only child. */
function hostHoldings(): { readonly hostMegabytes: number; readonly hostDescriptors: number } {
  const [host] = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ');
  if (!host) return { hostMegabytes: 0, hostDescriptors: 0 };
  const kilobytes = Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${host}/status`, 'utf8'))?.[1]);
  return {
    hostMegabytes: Math.round(kilobytes / 1024),
    hostDescriptors: readdirSync(`/proc/${host}/fd`).length,
  };
}

function descendants(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, child) => sum + 1 + descendants(Number(child)), 0);
  } catch {
    return 0;
  }
}

/** Whether the last of these is much more than one after the first hundreds of gradings. */
function grown<Key extends string>(samples: readonly Readonly<Record<Key, number>>[], key: Key): boolean {
  return (samples.at(-1)?.[key] ?? 0) > 1.5 * (samples[4]?.[key] ?? Infinity);
}

async function main(
  gradings: string,
  { save, minutes = 'Infinity' }: { readonly save?: true; readonly minutes?: string },
): Promise<void> {
  const total = Number(gradings);
  const start = performance.now();
  const deadline = start + 60_000 * Number(minutes);
  const before = holdings();
  const memory: {
    readonly graded: number;
    readonly residentMegabytes: number;
    readonly heapMegabytes: number;
    readonly hostMegabytes: number;
    readonly hostDescriptors: number;
  }[] = [];
  let graded = 0;
  const verdicts = new Map<string, number>();
  {
    await using environment = await Environment.open(workspace);
    const { tasks } = await environment.mine();
    let next = 0;
    const worker = async () => {
      for (let n = next++; n < total && performance.now() < deadline; n = next++) {
        const task = tasks[n % tasks.length]!;
        const { verdict, firstFailure } = await environment.grade(
          task,
          COMPLETIONS[n % COMPLETIONS.length]!(task, n),
        );
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        if (verdict === 'infrastructure') console.error(`${graded}: ${firstFailure}`);
        if (++graded % SAMPLED !== 0) continue;
        const { residentMegabytes, heapMegabytes } = holdings();
        memory.push({ graded, residentMegabytes, heapMegabytes, ...hostHoldings() });
        console.error(`${graded} graded, ${residentMegabytes} MiB resident`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
  const after = holdings();
  const seconds = Math.round((performance.now() - start) / 1000);
  const openTargets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  const result = {
    gradings: graded,
    seconds,
    verdicts: Object.fromEntries(verdicts),
    before,
    after,
    pipesLeft: openTargets.filter((target) => target.startsWith('pipe:')).length,
    memory,
  };
  console.log(JSON.stringify(result, null, 2));
  const leaks = [
    after.processes > before.processes && 'processes',
    // Node opens a few descriptors of its own on first use.
    after.descriptors > before.descriptors + 4 && 'descriptors',
    after.mounts > before.mounts && 'mounts',
    after.temporaryFiles.length > 0 && 'temporary files',
    grown(memory, 'residentMegabytes') && 'memory',
    grown(memory, 'hostMegabytes') && 'memory of the process that starts sandboxes',
    grown(memory, 'hostDescriptors') && 'descriptors of the process that starts sandboxes',
  ].filter((leak) => leak !== false);
  if (leaks.length > 0) {
    console.error(`Leaked: ${leaks.join(', ')}.`);
    process.exitCode = 1;
  }
  if (!save) return;
  const machine = {
    cpu: cpus()[0]?.model,
    threads: cpus().length,
    platform: platform(),
    node: process.version,
  };
  await replaceJson(resultPath, { date: new Date().toISOString(), machine, ...result });
}

await new Command('soak')
  .argument('[gradings]', 'how many', '10000')
  .option('--minutes <number>', 'ends earlier than that many gradings')
  .option('--save', `keep the result in ${resultPath}`)
  .action(main)
  .parseAsync();
