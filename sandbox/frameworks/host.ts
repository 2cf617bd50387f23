/**
 * The process that test frameworks are started from, beside the one that grades.
 *
 * Starting a process means copying the page tables of the one that starts it: 25 ms of system time for each GB that a
 * trainer holds, during which it does nothing else. And a trainer blocked by its model refills no pool and reads no
 * answer. This process is small and does only that. When its parent ends, however it does, everything started here is killed.
 */
import { HumanError } from '../humanError.ts';
import { isolationOf } from '../isolation/probe.ts';
import type { TestRequest, TestRun } from './framework.ts';
import type { HostAnswer, HostRequest, HostSettings, ToldRun } from './hostMessages.ts';
import { StartedFrameworks } from './startedFrameworks.ts';

let frameworks: StartedFrameworks | undefined;
const running = new Map<number, AbortController>();

process.on('message', (message: HostRequest) => {
  if (message.kind === 'open') frameworks = open(message.settings);
  else if (message.kind === 'abort') running.get(message.id)?.abort();
  else void run(message.id, message.request).then((answer) => process.connected && process.send!(answer));
});
process.on('disconnect', async () => {
  for (const abort of running.values()) abort.abort();
  await frameworks?.[Symbol.asyncDispose]();
  process.exit();
});

function open(settings: HostSettings): StartedFrameworks {
  return new StartedFrameworks(settings, isolationOf(settings.isolation, settings.mark));
}

async function run(id: number, request: Omit<TestRequest, 'signal'>): Promise<HostAnswer> {
  const abort = new AbortController();
  running.set(id, abort);
  try {
    if (frameworks === undefined) throw new Error('It was not told what to run.');
    const run = await frameworks.run({ ...request, signal: abort.signal });
    return { kind: 'run', id, run: told(run, request) };
  } catch (error) {
    if (abort.signal.aborted) return { kind: 'aborted', id };
    if (!(error instanceof Error)) throw error;
    return { kind: 'failed', id, error, human: error instanceof HumanError };
  } finally {
    running.delete(id);
  }
}

function told(run: TestRun, { watch = [] }: Omit<TestRequest, 'signal'>): ToldRun {
  if (run.kind !== 'report') return run;
  const executed = [...run.executed].map(([place, by]) => [watch.indexOf(place), by] as const);
  return { ...run, executed };
}
