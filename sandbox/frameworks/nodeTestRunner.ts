/**
 * Runs inside the sandbox: boots, says that it is ready, reads one job, runs its node:test files in this very process
 * and answers with one line on descriptor 3. It is handed to Node as the text of a script, so it imports nothing. Node's
 * modules come by getBuiltinModule: importing them fills in every export, which for node:fs alone takes 8 ms.
 *
 * Everything it needs after the tests have run is taken hold of before they are loaded. The code under test shares this
 * process, so this is a hurdle, not a wall: whoever patches Node's events can turn every failure into a pass, and is
 * found out by the tests that must fail (sandbox/grading/controlTests.ts).
 */
import type { TestOutcome } from '../reward.ts';
import type { SEPARATOR as Separator } from './framework.ts';
import type { RunnerJob, RunnerReport } from './nodeTestProtocol.ts';

type InspectorSession = import('node:inspector').Session;

/** Offsets in the JavaScript that ran: from, and up to. */
type Range = [start: number, end: number];

interface Coverage {
  /** To be called where tests can be hooked into: before any is defined. */
  readonly watchTests: () => void;
  readonly take: () => RunnerReport['executed'];
}

const CHANNEL = 3;
const MESSAGE_LENGTH = 300;
const SEPARATOR: typeof Separator = ' > ';
const { stringify, parse } = JSON;
const bytesOf = Buffer.from.bind(Buffer) as (text: string) => Buffer;
const pause = new Int32Array(new SharedArrayBuffer(4));
const { readSync, writeSync } = process.getBuiltinModule('node:fs');
const { registerHooks } = process.getBuiltinModule('node:module');
const { Writable } = process.getBuiltinModule('node:stream');
const { run, beforeEach, afterEach } = process.getBuiltinModule('node:test');
const { fileURLToPath, pathToFileURL } = process.getBuiltinModule('node:url');

// Node's own streams for pipes take 10 ms to load.
for (const [name, descriptor] of [
  ['stdout', 1],
  ['stderr', 2],
] as const) {
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    writeAll(descriptor, chunk);
    done();
  };
  Object.defineProperty(process, name, { configurable: true, value: new Writable({ write }) });
}

writeAll(CHANNEL, bytesOf('ready\n'));
const job = readJob();
const loaded: string[] = [];
hookLoader();
const coverage = job.coverage ? startCoverage() : undefined;
runTests((report) => {
  const line = `${job.nonce} ${stringify({ ...report, executed: coverage?.take() ?? {} })}\n`;
  writeAll(CHANNEL, bytesOf(line));
});

/** Writes to a pipe that may be full for the moment: the parent reads it, so waiting helps. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

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

/** Counts calls from one moment to the next, and ascribes them to all tests that are under way then. */
function startCoverage(): Coverage {
  const { Session } = process.getBuiltinModule('node:inspector');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const underWay = new Set<string>();
  const executed: Record<string, Record<string, Range[]>> = {};
  const ascribe = () => {
    const called = takeCalls(session);
    for (const test of underWay.size > 0 ? underWay : ['']) {
      executed[test] ??= {};
      for (const [path, ranges] of called)
        executed[test][path] = [...(executed[test][path] ?? []), ...ranges];
    }
  };
  return {
    watchTests() {
      // Without a signature, since tests may be told by it to wait for a callback.
      const idOf = (test: unknown) => {
        const { filePath, fullName } = test as { readonly filePath: string; readonly fullName: string };
        return [insideWorkspace(filePath), fullName].join(SEPARATOR);
      };
      beforeEach((test) => {
        ascribe();
        underWay.add(idOf(test));
      });
      afterEach((test) => {
        ascribe();
        underWay.delete(idOf(test));
      });
    },
    take() {
      ascribe();
      return executed;
    },
  };
}

/** Module → the functions in it that were called since this was last asked. */
function takeCalls(session: InspectorSession): Map<string, Range[]> {
  const calls = new Map<string, Range[]>();
  session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
    for (const script of result) {
      if (!script.url.startsWith('file:')) continue;
      const path = fileURLToPath(script.url);
      if (!loaded.includes(path)) continue;
      const called = script.functions
        // The module itself may end where its last function does.
        .filter(({ functionName, ranges }) => functionName !== '' || ranges[0]!.startOffset > 0)
        .map((fn) => fn.ranges[0]!)
        .filter((range) => range.count > 0)
        .map((range): Range => [range.startOffset, range.endOffset]);
      if (called.length > 0) calls.set(path, called);
    }
  });
  return calls;
}

function insideWorkspace(path: string): string {
  return path.slice(job.workspace.length + 1).replaceAll('\\', '/');
}

/** Answers once: as soon as the tests asked for have been reported (what they left running does not matter), or at the end. */
function runTests(answer: (report: Omit<RunnerReport, 'executed'>) => void): void {
  const outcomes: TestOutcome[] = [];
  const awaited = new Set(job.tests);
  let loadError: string | undefined;
  let answered = false;
  const finish = () => {
    if (!answered) answer({ outcomes, loaded, ...(loadError !== undefined && { loadError }) });
    answered = true;
  };

  const path: string[] = [];
  const report = (file: string | undefined, passed: boolean, message?: string) => {
    // A test that a module of helpers defines is its test file's all the same.
    const testFile = file !== undefined && job.files.includes(file) ? file : job.files[0]!;
    const id = [insideWorkspace(testFile), ...path].join(SEPARATOR);
    outcomes.push({ id, passed, ...(message !== undefined && { message }) });
    if (awaited.delete(id) && awaited.size === 0) finish();
  };

  const names = job.tests?.map(namePattern);
  run({
    files: [...job.files],
    isolation: 'none',
    cwd: job.workspace,
    ...(names && { testNamePatterns: names }),
    ...(coverage && { setup: coverage.watchTests }),
  })
    .on('test:start', ({ nesting, name }) => {
      path.length = nesting;
      path.push(name);
    })
    .on('test:pass', ({ nesting, name, file, details, skip, todo }) => {
      path.length = nesting + 1;
      // A file without tests is reported as a test of that name.
      if (skip !== undefined || todo !== undefined || details.type === 'suite' || job.files.includes(name))
        return;
      report(file, true);
    })
    .on('test:fail', ({ nesting, name, file, details, skip, todo }) => {
      path.length = nesting + 1;
      if (skip !== undefined || todo !== undefined || details.type === 'suite') return;
      const message = describe(details.error.cause ?? details.error);
      // So is a file that cannot be loaded.
      if (job.files.includes(name)) loadError = message;
      else report(file, false, message);
    })
    .on('end', finish)
    .resume();
}

/** node:test matches against the names of a test's suites and its own, joined by spaces. */
function namePattern(id: string): RegExp {
  const names = id.split(SEPARATOR).slice(1);
  const escaped = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${escaped.join(`(?: |${SEPARATOR})`)}$`);
}

function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, MESSAGE_LENGTH);
}
