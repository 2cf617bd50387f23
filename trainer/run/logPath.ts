import { join } from 'node:path';
import type { LogName } from './records.ts';

/** Where a log of a run lies; apart from what writes it, which whoever only reads need not load. */
export const logPath = (run: string, name: LogName) => join(run, `${name}.jsonl`);
