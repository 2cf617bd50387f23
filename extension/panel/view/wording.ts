/** Numbers and names as people read them. */
import * as l10n from '@vscode/l10n';
import type {
  EpisodePurpose,
  EpisodeRow,
  EpisodeSplit,
  RunSnapshot,
  RunState,
} from '../../../trainer/protocol.ts';

const language = document.documentElement.lang || 'en';
const wholeNumbers = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const shares = new Intl.NumberFormat(language, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const times = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

export const whole = (value: number) => wholeNumbers.format(value);
export const number = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : short.format(value);
export const percent = (share: number | null | undefined) =>
  share === null || share === undefined ? '–' : shares.format(share);
export const seconds = (value: number) => l10n.t('{0} s', value === 0 ? 0 : short.format(value));
export const episodesText = (count: number) =>
  count === 1 ? l10n.t('1 episode') : l10n.t('{0} episodes', whole(count));
const stepsText = (count: number) => (count === 1 ? l10n.t('1 step') : l10n.t('{0} steps', whole(count)));
export const clock = (time: string) => times.format(new Date(time));

export const splits: Readonly<Record<EpisodeSplit, string>> = {
  train: l10n.t('Training'),
  heldOut: l10n.t('Held out'),
};
export const purposes: Readonly<Record<EpisodePurpose, string>> = {
  training: l10n.t('Learning'),
  evaluation: l10n.t('Measuring'),
};

/** Names that runs are written with; those that are not here are shown as they are written. */
const verdicts: Readonly<Record<string, string>> = {
  passed: l10n.t('Passed'),
  failed: l10n.t('Failed'),
  'syntax-error': l10n.t('Syntax error'),
  timeout: l10n.t('Timeout'),
  'out-of-memory': l10n.t('Out of memory'),
  'too-much-output': l10n.t('Too much output'),
  crashed: l10n.t('Crashed'),
  cheated: l10n.t('Cheated'),
  infrastructure: l10n.t('Infrastructure'),
};
const cheats: Readonly<Record<string, string>> = {
  'forbidden-syntax': l10n.t('forbidden syntax'),
  'exited-early': l10n.t('exited early'),
  'forged-report': l10n.t('forged report'),
  'altered-report': l10n.t('altered report'),
  'canary-passed': l10n.t('canary passed'),
  'negation-passed': l10n.t('negation passed'),
};
const stops: Readonly<Record<string, string>> = {
  'function-end': l10n.t('function end'),
  'end-of-text': l10n.t('end of text'),
  length: l10n.t('length'),
};
const phases: Readonly<Record<string, string>> = {
  sampling: l10n.t('sampling'),
  grading: l10n.t('grading'),
  learning: l10n.t('learning'),
};
const spaced = (name: string) => name.replaceAll('-', ' ');
export const verdict = (name: string) => verdicts[name] ?? spaced(name);
export const cheatWords = (label: string) => cheats[label] ?? spaced(label);
export const stopWords = (stop: string) => stops[stop] ?? spaced(stop);
export const phaseWords = (phase: string) => phases[phase] ?? phase;

/** The kinds of verdicts, which are told apart by icon and colour. */
export const verdictKind = (name: string): 'good' | 'bad' | 'unknown' =>
  name === 'passed' ? 'good' : name === 'infrastructure' ? 'unknown' : 'bad';

export const verdictIcon = (name: string) =>
  ({ good: 'pass', bad: 'error', unknown: 'circle-slash' })[verdictKind(name)];

const states: Readonly<Record<RunState, string>> = {
  running: l10n.t('Running'),
  finished: l10n.t('Finished'),
  stopped: l10n.t('Stopped'),
  failed: l10n.t('Failed'),
  interrupted: l10n.t('Interrupted'),
};
export const state = (name: RunState) => states[name];

export const tries = ({ step, attempt }: EpisodeRow) => l10n.t('step {0}, try {1}', step, attempt + 1);

/** How the run stands, in one or two sentences. */
export function standing({ info, steps, evaluations, config }: RunSnapshot): string {
  const done = steps.at(-1)?.step ?? 0;
  const planned = plannedSteps(config);
  const progress =
    planned === undefined ? l10n.t('step {0}', done) : l10n.t('step {0} of {1}', done, planned);
  const sentences: Readonly<Record<RunState, string>> = {
    running: l10n.t('Training is running: {0} is done.', progress),
    finished: l10n.t('Training finished on {0} after {1}.', clock(info.since), stepsText(done)),
    stopped: l10n.t('Training was stopped after {0}.', progress),
    failed: l10n.t('Training failed after {0}.', progress),
    interrupted: l10n.t(
      'Training was interrupted after {0}: its process is gone. It can be resumed.',
      progress,
    ),
  };
  const reason = info.reason === undefined || info.state === 'running' ? [] : [info.reason];
  const [first, last] = [evaluations[0], evaluations.at(-1)];
  const heldOut =
    first && last && first !== last
      ? [
          l10n.t(
            'Held-out pass rate: {0} before, {1} at step {2}.',
            percent(first.scores.heldOut.passAt1),
            percent(last.scores.heldOut.passAt1),
            last.step,
          ),
        ]
      : [];
  return [sentences[info.state], ...reason, ...heldOut].join(' ');
}

function plannedSteps(config: unknown): number | undefined {
  if (typeof config !== 'object' || config === null || !('steps' in config)) return undefined;
  return typeof config.steps === 'number' ? config.steps : undefined;
}
