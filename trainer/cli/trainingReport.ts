import type { Task } from '../../sandbox/tasks/task.ts';
import { difficultySentence } from '../run/difficulty.ts';
import type { Evaluation, SplitScore } from '../run/evaluate.ts';
import type { TrainSettings } from '../run/settings.ts';
import type { TrainEvent, TrainResult } from '../run/train.ts';
import { readRunLog } from '../run/workspaceRuns.ts';
import { TrainingProgress } from '../session/progress.ts';
import type { Output, Progress } from './output.ts';
import { counted, duration, percent, sparkline, table } from './wording.ts';

const samplingEventMilliseconds = 1000;
const barLength = 20;

/** Tells how a training goes, to people and programs. Progress is counted in tries. */
export class TrainingReport implements Disposable {
  readonly #output: Output;
  readonly #settings: TrainSettings;
  readonly #tries: TrainingProgress;
  readonly #progress: Progress;
  #lastSampling = 0;

  /** @param resumed whether the evaluation before the training is done already. */
  constructor(output: Output, settings: TrainSettings, tasks: readonly Task[], resumed: boolean) {
    this.#output = output;
    this.#settings = settings;
    this.#tries = new TrainingProgress(settings, tasks, resumed);
    const { minutes } = settings;
    const limit = minutes === undefined ? undefined : 60 * minutes;
    this.#progress = output.progress('Training', this.#tries.total, limit);
  }

  readonly onEvent = (event: TrainEvent): void => {
    this.#tries.onEvent(event);
    switch (event.event) {
      case 'sampling':
        this.#onSampling(event);
        return;
      case 'evaluation':
        this.#output.event({ ...event });
        this.#output.say(evaluationLine(event.step, event.scores));
        if (event.difficulty) {
          const sentence = difficultySentence(event.difficulty, event.setAside ?? false);
          if (sentence !== undefined) this.#output.say(sentence);
        }
        return;
      case 'imitation':
        this.#output.event({ ...event });
        this.#output.say(imitationLine(event));
        return;
      case 'step':
        this.#output.event({ ...event });
        this.#output.say(stepLine(event));
    }
  };

  /** Says how the whole run went, from the run's own log. */
  async finish(result: TrainResult, run: string): Promise<void> {
    this[Symbol.dispose]();
    if (result.braked !== undefined) this.#output.say(`\n${result.braked}`);
    const rewards: number[] = [];
    for await (const { metrics } of readRunLog(run, 'steps')) rewards.push(metrics.reward ?? 0);
    if (rewards.length > 0) this.#output.say(`\n${rewardText(rewards)}`);
    this.#output.say(`\n${comparison(result)}\n`);
    this.#output.say(`${verdict(rewards, result)} It took ${duration(result.seconds)}.`);
    this.#output.event({ event: 'result', ...result, run });
  }

  [Symbol.dispose](): void {
    this.#progress[Symbol.dispose]();
  }

  #onSampling(event: Extract<TrainEvent, { event: 'sampling' }>): void {
    const { phase, step, sampled, graded, of } = event;
    const trying = `step ${step + 1}/${this.#settings.steps}, ${graded < of ? 'trying' : 'learning'}`;
    this.#progress.update(this.#tries.done, phase === 'evaluation' ? 'measuring' : trying);
    const now = performance.now();
    if (now - this.#lastSampling < samplingEventMilliseconds && graded < of) return;
    this.#lastSampling = now;
    this.#output.event({ event: 'sampling', phase, step, sampled, graded, of });
  }
}

function evaluationLine(step: number, { train, heldOut }: Evaluation): string {
  const when = step === 0 ? 'before training' : `after ${counted(step, 'step')}`;
  return `pass@1 ${when}: train ${scoreText(train)}, held out ${scoreText(heldOut)}`;
}

function imitationLine({ examples, losses }: Extract<TrainEvent, { event: 'imitation' }>): string {
  const [first, last] = [losses[0]!, losses.at(-1)!].map((loss) => loss.toFixed(2));
  return `imitated ${examples} accepted completions: loss ${first} at first, ${last} at last`;
}

function stepLine({ step, steps, metrics, seconds }: Extract<TrainEvent, { event: 'step' }>): string {
  const reward = metrics.reward ?? 0;
  const filled = Math.round(reward * barLength);
  const took = Object.values(seconds).reduce((sum, phase) => sum + phase, 0);
  const of = `${steps}`;
  return [
    `step ${`${step}`.padStart(of.length)}/${of}`,
    `reward ${reward.toFixed(3)} ${'█'.repeat(filled)}${'░'.repeat(barLength - filled)}`,
    `pass@1 ${percent(metrics.passAt1 ?? 0).padStart(6)}`,
    `KL ${(metrics.kl ?? 0).toFixed(4)}`,
    `${took.toFixed(1)} s`,
  ].join('  ');
}

/** `12.3% (10.1 to 14.9)`. */
export function scoreText({ tasks, passAt1, ci95 }: SplitScore): string {
  if (tasks === 0) return 'no tasks';
  const [low, high] = ci95.map((share) => (100 * share).toFixed(1));
  return `${percent(passAt1)} (${low} to ${high})`;
}

function rewardText(rewards: readonly number[]): string {
  const [first, last] = [rewards[0]!, rewards.at(-1)!].map((reward) => reward.toFixed(2));
  const line = sparkline(rewards, 0, 1);
  return `Mean reward of each step's tries (full height is 1):\n${line}  ${first} → ${last}`;
}

function comparison({ before, after }: TrainResult): string {
  const row = (name: string, from: SplitScore, to: SplitScore) => [
    name,
    scoreText(from),
    scoreText(to),
    to.tasks === 0 ? '' : points(to.passAt1 - from.passAt1),
    `${to.tasks}`,
    `${to.samples}`,
  ];
  return table([
    ['pass@1 (95% interval)', 'before', 'after', 'change', 'tasks', 'tries'],
    row('train', before.train, after.train),
    row('held out', before.heldOut, after.heldOut),
  ]);
}

/** `+27.7 points`. */
function points(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${(100 * Math.abs(difference)).toFixed(1)} points`;
}

/** What the numbers allow to be said: a change counts only where the intervals lie apart. */
function verdict(rewards: readonly number[], { before, after }: TrainResult): string {
  if (rewards.length === 0) return 'There was no time for a single step: give it more minutes.';
  if (rewards.every((reward) => reward === 0)) {
    return 'No try passed a single test: these tasks are out of reach of this model, take a larger one with --model.';
  }
  const words = (name: string, from: SplitScore, to: SplitScore): string[] => {
    if (to.samples === 0 || from.samples === 0) return [];
    if (to.ci95[0] > from.ci95[1]) return [`The model got better at the ${name} tasks.`];
    if (to.ci95[1] < from.ci95[0]) return [`The model got worse at the ${name} tasks.`];
    if (to.passAt1 === from.passAt1) return [`Nothing changed at the ${name} tasks.`];
    return [`At the ${name} tasks the difference may be chance: the intervals overlap.`];
  };
  return [
    ...words('training', before.train, after.train),
    ...words('held-out', before.heldOut, after.heldOut),
  ].join(' ');
}
