import { join } from 'node:path';
import { CLEAN_ENVIRONMENT, type Isolation } from './isolation.ts';
import { TEMPORARY } from './workspaceCopy.ts';

/**
 * No isolation: model-written code runs with the person's own rights. Only for those who ask for it.
 *
 * What still holds: wall clock, heap size, output, and the death of the process group. What does not: the network, the
 * home directory and the workspace are within reach, and a process that leaves its group outlives the run.
 */
export const unconfined = (mark = ''): Isolation => ({
  kind: 'none',
  mounts: false,
  command: (program, view) => ({
    file: program.executable,
    args: program.args,
    env: {
      ...CLEAN_ENVIRONMENT,
      PATH: process.env.PATH ?? '',
      REINFORCE_SANDBOX: mark,
      ...temporary(view.copy),
      ...program.env,
    },
    cwd: view.copy ?? view.workspace,
  }),
});

/** Runs at the same time must not meet in one temporary folder. */
function temporary(copy: string | undefined): Readonly<Record<string, string>> {
  return copy === undefined ? {} : { TMPDIR: join(copy, TEMPORARY) };
}
