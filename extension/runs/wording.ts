/** How figures are written for people. */
import * as l10n from '@vscode/l10n';
import type { FoundAdapter, RunState } from './runFiles.ts';

/** A share of 1 as `12.3%`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** `48 s`, `3 min` or `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return l10n.t('{0} s', whole);
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return l10n.t('{0} min', minutes);
  return l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** `held out 57.1% → 66.1%`, as far as it was measured. */
export function heldOut({ before, after }: Pick<FoundAdapter, 'before' | 'after'>): string {
  if (!after || after.samples === 0) return l10n.t('held-out tasks not measured');
  const now = percent(after.passAt1);
  return before && before.samples > 0
    ? l10n.t('held out {0} → {1}', percent(before.passAt1), now)
    : l10n.t('held out {0}', now);
}

/** What the two measurements allow to be said; a difference counts only where the 95% intervals lie apart. */
export function verdict({ before, after }: Pick<FoundAdapter, 'before' | 'after'>): string {
  if (!before || !after || before.samples === 0 || after.samples === 0) return '';
  if (after.ci95[0] > before.ci95[1]) return l10n.t('better than the base model');
  if (after.ci95[1] < before.ci95[0]) return l10n.t('worse than the base model');
  return l10n.t('the difference may be chance');
}

export const adapterName = ({ run, kind, step }: Pick<FoundAdapter, 'run' | 'kind' | 'step'>): string =>
  kind === 'best' ? l10n.t('{0}, best (step {1})', run, step) : l10n.t('{0}, step {1}', run, step);

export function stateWord(state: RunState): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'finished':
      return l10n.t('finished');
    case 'stopped':
      return l10n.t('stopped');
    case 'failed':
      return l10n.t('failed');
    case 'interrupted':
      return l10n.t('interrupted');
  }
}
