import type { Ending } from '../isolation/confinedProcess.ts';
import type { NoReport } from './framework.ts';

/** An answer counts only if it opens with the run's own nonce. */
export function opensWith(answer: string, nonce: string): boolean {
  return answer.startsWith(`${nonce} `);
}

export function parseAnswer<Report>(answer: string, nonce: string): Report | undefined {
  return opensWith(answer, nonce) ? JSON.parse(answer.slice(nonce.length + 1)) : undefined;
}

/** An end that came before the sandbox was ready for its job. */
export interface NotStarted {
  readonly kind: 'not-started';
  readonly message: string;
}

export function notStarted(ending: Ending): NotStarted {
  return { kind: 'not-started', message: ending.kind === 'exited' ? errorLine(ending.stderr) : ending.kind };
}

/** What a process that died says of it: the line with the error, where there is one; else all of it. */
function errorLine(stderr: string): string {
  return /^\w*Error: .*$/m.exec(stderr)?.[0] ?? stderr.trim();
}

/** What a run is worth that ended otherwise than by its answer. */
export function withoutReport(ending: Ending | NotStarted): NoReport {
  switch (ending.kind) {
    case 'timeout':
      return { kind: 'timeout', message: 'The tests did not end in time.' };
    case 'out-of-memory':
      return { kind: 'out-of-memory', message: 'The tests used more memory than allowed.' };
    case 'too-much-output':
      return { kind: 'too-much-output', message: 'The tests printed more than allowed.' };
    case 'too-many-processes':
      return {
        kind: 'crashed',
        message: 'The tests started more processes than allowed.',
        limit: 'processes',
      };
    case 'exited':
      return {
        kind: 'crashed',
        message: `The process exited before its tests ended (code ${ending.exitCode}).`,
        ...(ending.exitCode === 0 && { cheat: 'exited-early' }),
      };
    case 'answered':
      return {
        kind: 'crashed',
        message: 'The answer was not written by the test runner.',
        cheat: 'forged-report',
      };
    case 'not-started':
      return { kind: 'infrastructure', message: `The sandbox did not start: ${ending.message}` };
    case 'killed':
      return { kind: 'infrastructure', message: 'The sandbox was stopped from outside.' };
  }
}
