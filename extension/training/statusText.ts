/** What the status bar says of a trainer. */
import * as l10n from '@vscode/l10n';
import type { TrainerState } from '../../trainer/protocol.ts';
import { duration, percent } from '../runs/wording.ts';

export interface StatusText {
  /** With VS Code's icons. */
  readonly text: string;
  /** Without icons, for screen readers. */
  readonly words: string;
  /** Lines of Markdown for the tooltip, above its commands. */
  readonly lines: readonly string[];
}

/** @param policy what writes completions, such as "base model". */
export function statusText(state: TrainerState | undefined, policy: string): StatusText {
  const words = phaseWords(state);
  return {
    text: `${icon(state)} ${words ?? 'Reinforce'}`,
    words: words === undefined ? l10n.t('Reinforce: idle') : `Reinforce: ${words.replaceAll(' · ', ', ')}`,
    lines: [...tooltipLines(state), l10n.t('Completions: {0}', policy)],
  };
}

/** Undefined when nothing is under way. */
export function phaseWords(state: TrainerState | undefined): string | undefined {
  if (state?.activity === undefined) return undefined;
  const { phase, step, steps, reward, secondsLeft, progress } = state;
  const done = progress === undefined ? '' : ` ${Math.round(100 * progress)}%`;
  const left = secondsLeft === undefined ? undefined : l10n.t('{0} left', duration(secondsLeft));
  const at = l10n.t('step {0}/{1}', Math.min(step + 1, steps), steps);
  const join = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' · ');
  switch (phase) {
    case 'collecting':
      return `${l10n.t('Collecting tasks')}${done}`;
    case 'preparing':
      return l10n.t('Preparing');
    case 'stopping':
      return l10n.t('Stopping');
    case 'paused':
      return state.pausedBecause === 'battery'
        ? l10n.t('Paused on battery')
        : join(l10n.t('Paused'), steps > 0 ? l10n.t('step {0}/{1}', step, steps) : undefined);
    case 'evaluating':
      return join(`${l10n.t('Measuring')}${done}`, left);
    case 'sampling':
    case 'learning':
      return join(at, reward === undefined ? undefined : l10n.t('reward {0}', reward.toFixed(2)), left);
    case 'idle':
      return undefined;
  }
}

function icon(state: TrainerState | undefined): string {
  if (state?.activity === undefined)
    return state?.lastEnd?.outcome === 'failed' ? '$(warning)' : '$(mortar-board)';
  return state.phase === 'paused' ? '$(debug-pause)' : '$(sync~spin)';
}

function tooltipLines(state: TrainerState | undefined): string[] {
  if (!state) return [l10n.t('No training runs.')];
  const lines: string[] = [];
  const { activity, phase, run, step, steps, reward, passAt1, heldOutBefore, heldOutLast, lastEnd } = state;
  if (activity === undefined) lines.push(l10n.t('No training runs.'));
  else lines.push(`**${phaseWords(state)}** (${phaseName(phase)})`);
  if (run) lines.push(l10n.t('Run {0}: {1} of {2} steps are done.', run.id, step, steps));
  if (reward !== undefined && passAt1 !== undefined) {
    lines.push(
      l10n.t('Last step: mean reward {0}, {1} of the tries passed.', reward.toFixed(3), percent(passAt1)),
    );
  }
  if (heldOutBefore && heldOutBefore.samples > 0) {
    const before = percent(heldOutBefore.passAt1);
    lines.push(
      heldOutLast
        ? l10n.t('Held-out tasks: {0} before, {1} last.', before, percent(heldOutLast.passAt1))
        : l10n.t('Held-out tasks: {0} before.', before),
    );
  }
  if (activity === undefined && lastEnd?.activity === 'training') {
    lines.push(l10n.t('The last training: {0}', lastEnd.reason));
  }
  return lines;
}

function phaseName(phase: TrainerState['phase']): string {
  switch (phase) {
    case 'idle':
      return l10n.t('idle');
    case 'collecting':
      return l10n.t('running the tests');
    case 'preparing':
      return l10n.t('loading the model');
    case 'evaluating':
      return l10n.t('measuring pass@1');
    case 'sampling':
      return l10n.t('trying tasks');
    case 'learning':
      return l10n.t('learning from the tries');
    case 'paused':
      return l10n.t('paused');
    case 'stopping':
      return l10n.t('stopping');
  }
}
