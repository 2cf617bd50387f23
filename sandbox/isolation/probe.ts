import { platform } from 'node:os';
import { execa } from 'execa';
import { HumanError } from '../humanError.ts';
import { bubblewrap } from './bubblewrap.ts';
import { installDebianPackages } from './debianPackages.ts';
import { DEFAULT_LIMITS, type Isolation, nodeProgram } from './isolation.ts';
import { seatbelt } from './seatbelt.ts';
import { unconfined } from './unconfined.ts';
import { windowsRemedy } from './windows.ts';

/** Whether the isolation of this system works here, and if not, one sentence with the remedy. */
export type Verdict =
  | { readonly works: true; readonly isolation: Isolation }
  | { readonly works: false; readonly remedy: string };

/** An isolation as it can be told to another process. */
export type ChosenIsolation = Pick<Isolation, 'kind' | 'asNobody'>;

const INSTALL =
  'Model-written code is run inside bubblewrap, which is missing here: install it (for example: apt-get install bubblewrap).';

let probed: Promise<Verdict> | undefined;

/** Tries this system's isolation (bubblewrap, or sandbox-exec on a Mac) once, with everything a real run uses. The answer is kept: it does not change while we run. */
export function probeBubblewrap(): Promise<Verdict> {
  probed ??= probe();
  return probed;
}

async function probe(): Promise<Verdict> {
  const system = platform();
  if (system === 'darwin') return tryOut(seatbelt);
  if (system === 'win32') return { works: false, remedy: await windowsRemedy() };
  if (system !== 'linux') {
    return {
      works: false,
      remedy: `Model-written code is run inside bubblewrap, which exists for Linux only (this is ${system}): use a Linux machine or a dev container, or accept running it without isolation (--isolation none).`,
    };
  }
  const isRoot = process.getuid?.() === 0;
  const asNobody = isRoot ? await tryOut(bubblewrap(true)) : undefined;
  return asNobody?.works ? asNobody : tryOut(bubblewrap(false));
}

async function tryOut(isolation: Isolation): Promise<Verdict> {
  const command = isolation.command(
    nodeProgram(['-e', '0'], DEFAULT_LIMITS),
    { workspace: '/usr' },
    DEFAULT_LIMITS,
  );
  const result = await execa(command.file, command.args, {
    env: command.env,
    extendEnv: false,
    reject: false,
    timeout: 20_000,
  });
  if (!result.failed) return { works: true, isolation };
  if (result.code === 'ENOENT') return { works: false, remedy: INSTALL };
  const reason = String(result.stderr).split('\n')[0] ?? '';
  if (isolation.kind === 'seatbelt') {
    return {
      works: false,
      remedy: `sandbox-exec, which model-written code is confined with, does not work here (${reason || 'no answer'}): run "sandbox-exec -p '(version 1)(allow default)' true" to see why, or use a dev container.`,
    };
  }
  if (/prlimit/.test(reason)) {
    return {
      works: false,
      remedy: `The sandbox limits processes with prlimit, which is missing here: install util-linux (${reason}).`,
    };
  }
  if (/namespace|uid map|Operation not permitted|Permission denied/i.test(reason)) {
    return {
      works: false,
      remedy: `This system forbids the user namespaces that bubblewrap needs (${reason}): allow them with "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1", or in a container start it with --security-opt seccomp=unconfined.`,
    };
  }
  return {
    works: false,
    remedy: `bubblewrap does not work here (${reason || 'no answer'}): try "bwrap --ro-bind / / true".`,
  };
}

/**
 * The isolation to use. `auto` and `bubblewrap` are the same on every system that has it; there is no silent fallback.
 * @throws HumanError where bubblewrap does not work and no isolation was not asked for.
 */
export async function chooseIsolation(wanted: 'auto' | 'bubblewrap' | 'none'): Promise<Isolation> {
  if (wanted === 'none') return unconfined();
  const verdict = await probeBubblewrap();
  if (!verdict.works) throw new HumanError(verdict.remedy);
  return verdict.isolation;
}

/** What another process chose, with a mark by which whatever runs in it can be found from outside: see `killMarked`. */
export function isolationOf({ kind, asNobody = false }: ChosenIsolation, mark: string): Isolation {
  if (kind === 'none') return unconfined(mark);
  return kind === 'seatbelt' ? seatbelt : bubblewrap(asNobody, mark);
}

/**
 * For set-up: installs bubblewrap where it is missing, apt-get is there and we have the right to use it.
 * @returns what holds afterwards; never throws.
 */
export async function ensureBubblewrap(): Promise<Verdict> {
  const before = await probeBubblewrap();
  if (before.works || before.remedy !== INSTALL) return before;
  await installDebianPackages('bubblewrap');
  probed = undefined;
  return probeBubblewrap();
}
