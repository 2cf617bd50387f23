/** A pre-flight as lines for people. */
import * as l10n from '@vscode/l10n';
import type { Finding, Preflight } from '../../trainer/protocol.ts';
import { duration } from '../runs/wording.ts';

export interface PreflightLine {
  readonly kind: 'fact' | 'missing' | 'obstacle' | 'warning';
  readonly name: string;
  readonly text: string;
}

export const canStart = ({ obstacles }: Preflight): boolean => obstacles.length === 0;

/** Obstacles first, then warnings, then what was found. */
export function preflightLines(preflight: Preflight): PreflightLine[] {
  const { tasks, sandbox, device, model, memory, time, obstacles, warnings } = preflight;
  return [
    ...obstacles.map((text) => ({ kind: 'obstacle' as const, name: l10n.t('Cannot start'), text })),
    ...warnings.map((text) => ({ kind: 'warning' as const, name: l10n.t('Note'), text })),
    line(l10n.t('Tasks'), tasks, ({ train, heldOut, files, rejected }) =>
      l10n.t(
        '{0} to train on and {1} held out, in {2} files; {3} functions are no tasks',
        train,
        heldOut,
        files,
        rejected,
      ),
    ),
    line(l10n.t('Tests'), tasks, ({ tests, leftOut, seconds }) =>
      l10n.t(
        '{0} judge the tries, {1} are left out because they fail; collecting took {2}',
        tests,
        leftOut,
        duration(seconds),
      ),
    ),
    line(l10n.t('Sandbox'), sandbox, ({ isolation }) =>
      isolation === 'none' ? l10n.t('none: isolation is switched off') : l10n.t('{0} works', isolation),
    ),
    line(l10n.t('Device'), device, (found) => l10n.t('{0}, because {1}', found.device, found.reason)),
    line(l10n.t('Base model'), model, ({ name, parameters }) =>
      l10n.t('{0}, {1} million parameters', name, (parameters / 1e6).toFixed(1)),
    ),
    line(l10n.t('Memory'), memory, ({ neededBytes, freeBytes }) =>
      l10n.t('about {0} needed, {1} free', gigabytes(neededBytes), gigabytes(freeBytes)),
    ),
    line(l10n.t('Time'), time, ({ seconds, by }) =>
      by === 'probe'
        ? l10n.t('about {0}: a rough estimate, from a probe of a few tries', duration(seconds))
        : l10n.t('about {0}: an estimate, at the pace of an earlier run here', duration(seconds)),
    ),
  ];
}

function line<T>(name: string, finding: Finding<T>, text: (found: T) => string): PreflightLine {
  return finding.known
    ? { kind: 'fact', name, text: text(finding) }
    : { kind: 'missing', name, text: finding.why };
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
