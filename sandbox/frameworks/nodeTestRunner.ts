/**
 * Runs inside the sandbox: boots, says that it is ready, reads one job, runs its node:test files in this very process
 * and answers with one line on descriptor 3. It is handed to Node as the text of a script, so it imports nothing. Node's
 * modules come by getBuiltinModule: importing them fills in every export, which for node:fs alone takes 8 ms.
 *
 * Everything it needs after the tests have run is taken hold of before they are loaded. The code under test shares this
 * process, so this is a hurdle, not a wall: whoever patches Node's streams could still forge a result.
 */
import type { RunnerJob, RunnerOutcome, RunnerReport } from './nodeTestProtocol.ts';

const CHANNEL = 3;
const MESSAGE_LENGTH = 300;
const { stringify, parse } = JSON;
const { readSync, writeSync } = process.getBuiltinModule('node:fs');
const { registerHooks } = process.getBuiltinModule('node:module');
const { Writable } = process.getBuiltinModule('node:stream');
const { run } = process.getBuiltinModule('node:test');
const { fileURLToPath, pathToFileURL } = process.getBuiltinModule('node:url');

// Node's own streams for pipes take 10 ms to load.
for (const [name, descriptor] of [
  ['stdout', 1],
  ['stderr', 2],
] as const) {
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    writeSync(descriptor, chunk);
    done();
  };
  Object.defineProperty(process, name, { configurable: true, value: new Writable({ write }) });
}

writeSync(CHANNEL, 'ready\n');
const job = readJob();
const loaded: string[] = [];
hookLoader();
const takeCoverage = job.coverage ? startCoverage() : () => ({});
runTests((report) => {
  writeSync(CHANNEL, `${job.nonce} ${stringify({ ...report, executed: takeCoverage() })}\n`);
});

function readJob(): RunnerJob {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(1 << 16);
  for (let length = readSync(0, chunk); length > 0; length = readSync(0, chunk)) {
    chunks.push(Buffer.from(chunk.subarray(0, length)));
  }
  return parse(Buffer.concat(chunks).toString());
}

/** Serves the job's sources instead of the files, and notes which of the workspace's modules are loaded. */
function hookLoader(): void {
  const sources = new Map(
    Object.entries(job.sources).map(([path, text]) => [pathToFileURL(path).href, text]),
  );
  const workspace = `${pathToFileURL(job.workspace).href}/`;
  registerHooks({
    load(url, context, next) {
      if (url.startsWith(workspace) && !url.includes('/node_modules/')) loaded.push(fileURLToPath(url));
      const source = sources.get(url);
      if (source === undefined) return next(url, context);
      // Without a "type" in package.json, Node looks at the text; so do we.
      const guess = /^\s*(import|export)\b/m.test(source) ? 'module' : 'commonjs';
      const format = context.format?.replace('-typescript', '') ?? guess;
      return { format, source, shortCircuit: true };
    },
  });
}

function startCoverage(): () => RunnerReport['executed'] {
  const { Session } = process.getBuiltinModule('node:inspector');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  return () => {
    const executed: Record<string, [number, number][]> = {};
    session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      for (const script of result) {
        if (!script.url.startsWith('file:')) continue;
        const path = fileURLToPath(script.url);
        if (!loaded.includes(path)) continue;
        executed[path] = script.functions
          .map((fn) => fn.ranges[0]!)
          .filter((range) => range.count > 0)
          .map((range) => [range.startOffset, range.endOffset]);
      }
    });
    return executed;
  };
}

function runTests(answer: (report: Omit<RunnerReport, 'executed'>) => void): void {
  const outcomes: RunnerOutcome[] = [];
  let loadError: string | undefined;
  const names = job.names?.map((pattern) => new RegExp(pattern));
  const path: string[] = [];
  run({
    files: [...job.files],
    isolation: 'none',
    cwd: job.workspace,
    ...(names && { testNamePatterns: names }),
  })
    .on('test:start', ({ nesting, name }) => {
      path.length = nesting;
      path.push(name);
    })
    .on('test:pass', ({ nesting, file, details, skip, todo }) => {
      path.length = nesting + 1;
      if (skip !== undefined || todo !== undefined || details.type === 'suite') return;
      outcomes.push({ file, path: [...path], passed: true });
    })
    .on('test:fail', ({ nesting, name, file, details, skip, todo }) => {
      path.length = nesting + 1;
      if (skip !== undefined || todo !== undefined || details.type === 'suite') return;
      const message = describe(details.error.cause ?? details.error);
      // A file that cannot be loaded is reported as a test of that name.
      if (job.files.includes(name)) loadError = message;
      else outcomes.push({ file, path: [...path], passed: false, message });
    })
    .on('end', () => answer({ outcomes, loaded, ...(loadError !== undefined && { loadError }) }))
    .resume();
}

function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, MESSAGE_LENGTH);
}
