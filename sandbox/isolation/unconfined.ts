import { CLEAN_ENVIRONMENT, type Isolation } from './isolation.ts';

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
    env: { ...CLEAN_ENVIRONMENT, PATH: process.env.PATH ?? '', REINFORCE_SANDBOX: mark, ...program.env },
    cwd: view.copy ?? view.workspace,
  }),
});
