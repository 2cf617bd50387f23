/** Numbers and names as people read them. */
import type {
  EpisodePurpose,
  EpisodeRow,
  EpisodeSplit,
  RunSnapshot,
  RunState,
} from '../../../trainer/protocol.ts';

const wholeNumbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const whole = (value: number) => wholeNumbers.format(value);
export const number = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : short.format(value);
export const percent = (share: number | null | undefined) =>
  share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)}%`;
export const seconds = (value: number) => (value === 0 ? '0 s' : `${short.format(value)} s`);
export const many = (count: number, one: string, more = `${one}s`) =>
  `${whole(count)} ${count === 1 ? one : more}`;
export const clock = (time: string) =>
  new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const splits: Readonly<Record<EpisodeSplit, string>> = { train: 'Training', heldOut: 'Held out' };
export const purposes: Readonly<Record<EpisodePurpose, string>> = {
  training: 'Learning',
  evaluation: 'Measuring',
};

export const verdict = (name: string) => {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The kinds of verdicts, which are told apart by icon and colour. */
export const verdictKind = (name: string): 'good' | 'bad' | 'unknown' =>
  name === 'passed' ? 'good' : name === 'infrastructure' ? 'unknown' : 'bad';

export const verdictIcon = (name: string) =>
  ({ good: 'pass', bad: 'error', unknown: 'circle-slash' })[verdictKind(name)];

const states: Readonly<Record<RunState, string>> = {
  running: 'Running',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
};
export const state = (name: RunState) => states[name];

export const tries = ({ step, attempt }: EpisodeRow) => `step ${step}, try ${attempt + 1}`;

/** How the run stands, in one or two sentences. */
export function standing({ info, steps, evaluations, config }: RunSnapshot): string {
  const done = steps.at(-1)?.step ?? 0;
  const planned = plannedSteps(config);
  const progress = planned === undefined ? `step ${done}` : `step ${done} of ${planned}`;
  const sentences: Readonly<Record<RunState, string>> = {
    running: `Training is running: ${progress} is done.`,
    finished: `Training finished on ${clock(info.since)} after ${many(done, 'step')}.`,
    stopped: `Training was stopped after ${progress}.`,
    failed: `Training failed after ${progress}.`,
    interrupted: `Training was interrupted after ${progress}: its process is gone. It can be resumed.`,
  };
  const reason = info.reason === undefined || info.state === 'running' ? '' : ` ${info.reason}`;
  const [first, last] = [evaluations[0], evaluations.at(-1)];
  const heldOut =
    first && last && first !== last
      ? ` Held-out pass rate: ${percent(first.scores.heldOut.passAt1)} before, ${percent(last.scores.heldOut.passAt1)} at step ${last.step}.`
      : '';
  return sentences[info.state] + reason + heldOut;
}

function plannedSteps(config: unknown): number | undefined {
  if (typeof config !== 'object' || config === null || !('steps' in config)) return undefined;
  return typeof config.steps === 'number' ? config.steps : undefined;
}
