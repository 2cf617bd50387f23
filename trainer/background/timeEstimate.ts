/** About how long a training takes: at the pace of an earlier run here, or of a short probe where there was none. */
import type { Device } from '../graph/program.ts';
import { loadModel } from '../model/loadModel.ts';
import { Sampler } from '../policy/sampler.ts';
import type { Preflight } from '../protocol/training.ts';
import { Random } from '../random.ts';
import { promptOf } from '../rollout/prompt.ts';
import type { Evaluation } from '../run/evaluate.ts';
import { readTasks } from '../run/runDirectory.ts';
import { type TrainSettings, trainSettings } from '../run/settings.ts';
import { listRuns, readRunLog, runsOf } from '../run/workspaceRuns.ts';
import { type Collected, countBySplit } from '../session/collect.ts';
import type { TrainingPlan } from '../session/train.ts';

/** Seconds that a try takes which is only measured, and one that is learnt from. */
export interface Pace {
  readonly measured: number;
  readonly learnt: number;
}

type Estimate = Omit<Extract<Preflight['time'], { known: true }>, 'known'>;

/** The probe's sample: so many prompts with so many tries, of so many tokens. */
const sample = { prompts: 16, tries: 4, tokens: 12 };
/** What completions of the probe's model have of the tokens that they may have, and what learning takes beside sampling. */
const usualLength = 1 / 3;
const learningShare = 0.4;

export async function estimateTime(
  plan: TrainingPlan,
  collected: Collected,
  device: Device,
  signal: AbortSignal,
): Promise<Estimate> {
  const earlier = await paceOfEarlierRun(plan, device);
  const pace = earlier ?? (await probe(plan, collected, device, signal));
  const { train, heldOut } = countBySplit(collected.mined.tasks);
  const seconds = secondsAt(pace, plan.settings, train, heldOut);
  return { seconds, by: earlier ? 'earlier-run' : 'probe' };
}

/** Of a whole training, with its measurements before, in between and after. */
export function secondsAt(
  { measured, learnt }: Pace,
  { steps, minutes, tasksPerStep, tries, evaluationTries, evaluateEvery }: TrainSettings,
  train: number,
  heldOut: number,
): number {
  const around = 2 * (train + heldOut) * evaluationTries;
  const times = evaluateEvery === 0 ? 0 : Math.floor((steps - 1) / evaluateEvery);
  const between = times * heldOut * evaluationTries;
  const tried = steps * Math.min(tasksPerStep, train) * tries;
  return Math.min((around + between) * measured + tried * learnt, 60 * (minutes ?? Infinity));
}

/** Of the newest run in the workspace with the same model, device and length of completions that got to its first step. */
export async function paceOfEarlierRun(
  { workspace, model, settings }: Pick<TrainingPlan, 'workspace' | 'model' | 'settings'>,
  device: Device,
): Promise<Pace | undefined> {
  for (const run of await listRuns(runsOf(workspace))) {
    if (!('info' in run) || run.info.model !== model || run.info.versions.device !== device) continue;
    const own = trainSettings.safeParse(run.info.config).data;
    if (own?.maxTokens !== settings.maxTokens || own.baseWeights !== settings.baseWeights) continue;
    const pace = await paceOf(run.path, own);
    if (pace) return pace;
  }
  return undefined;
}

async function paceOf(run: string, { tasksPerStep, tries }: TrainSettings): Promise<Pace | undefined> {
  let measured: number | undefined;
  for await (const event of readRunLog(run, 'events')) {
    if (event.event !== 'evaluation') continue;
    const { scores, seconds } = event as unknown as { scores: Evaluation; seconds: number };
    measured = seconds / (scores.train.samples + scores.heldOut.samples);
    break;
  }
  if (measured === undefined) return undefined;
  const { tasks } = await readTasks(run);
  const trained = tasks.filter(({ split }) => split === 'train').length;
  const perTry: number[] = [];
  for await (const { timings } of readRunLog(run, 'steps')) {
    const seconds = Object.values(timings).reduce((sum, each) => sum + each, 0);
    perTry.push(seconds / (Math.min(tasksPerStep, trained) * tries));
  }
  // The median: the first steps are slow, and a machine may have been busy now and then.
  const learnt = perTry.sort((a, b) => a - b)[Math.floor(perTry.length / 2)];
  return learnt === undefined ? undefined : { measured, learnt };
}

/** A moment of sampling and a few gradings. */
async function probe(
  { model: name, settings }: TrainingPlan,
  { environment, mined: { tasks } }: Collected,
  device: Device,
  signal: AbortSignal,
): Promise<Pace> {
  const { config, weights, tokenizer } = await loadModel(name);
  await using sampler = await Sampler.create({ config, weights, device, rows: 64 });
  const some = tasks.slice(0, sample.prompts);
  const prompts = some.map((task) => ({
    tokens: promptOf(task, tokenizer, settings.promptTokens, settings.suffixTokens).tokens,
    samples: Array.from({ length: sample.tries }, (_, at) => ({
      random: new Random('preflight', task.id, at),
      endsWith: () => false,
    })),
  }));
  const sampling = { temperature: 1, maxTokens: sample.tokens, signal };
  // The first run of a shape is slow, and not what a training mostly does.
  await sampler.generate(prompts, sampling);
  const secondsToken =
    (await timed(() => sampler.generate(prompts, sampling))) / (some.length * sample.tries * sample.tokens);
  const secondsGrading =
    (await timed(() =>
      Promise.all(some.map((task) => environment.grade(task, `${task.body}\n/* measured */`, signal))),
    )) / some.length;

  const length = settings.maxTokens * usualLength;
  const measured = secondsToken * length + secondsGrading;
  return { measured, learnt: measured + secondsToken * length * learningShare };
}

async function timed(action: (this: void) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return (performance.now() - begun) / 1000;
}
