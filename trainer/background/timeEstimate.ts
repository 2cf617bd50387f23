/** About how long a training takes: at the pace of an earlier run here, or of a short probe where there was none. */
import type { Device } from '../graph/program.ts';
import { actionFeeds } from '../learn/batch.ts';
import { loadBaseModel } from '../model/loadModel.ts';
import { Sampler } from '../policy/sampler.ts';
import { Scorer } from '../policy/scorer.ts';
import type { Preflight } from '../protocol/training.ts';
import { Random } from '../random.ts';
import { Actor } from '../rollout/actor.ts';
import { promptOf } from '../rollout/prompt.ts';
import type { Evaluation } from '../run/evaluate.ts';
import { withPromptShape } from '../run/promptShape.ts';
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

/** The probe is one step's tries, of no more than so many tasks and tries a task. */
const most = { tasks: 16, tries: 8 };
/** Tries whose log-probabilities are computed, of those that would be learnt from. */
const scoredTries = 32;
/**
 * What learning costs, in forward passes: the reference policy's, its own, a backward pass of twice as much, and prompts
 * that two minibatches both read. Processor time of a step with the embedded model was 5 to 7 times a forward pass's.
 */
const passes = 6;

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
  // Before the training and after it: the tuned model's tries are shorter, and more alike.
  let [measuring, samples] = [0, 0];
  for await (const event of readRunLog(run, 'events')) {
    if (event.event !== 'evaluation') continue;
    const { scores, seconds } = event as unknown as { scores: Evaluation; seconds: number };
    measuring += seconds;
    samples += scores.train.samples + scores.heldOut.samples;
  }
  if (samples === 0) return undefined;
  const measured = measuring / samples;
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

/** The tries of a step with the base model, in earnest, and what learning from them would take. */
async function probe(
  { model: name, settings: wanted }: TrainingPlan,
  { environment, mined: { tasks } }: Collected,
  device: Device,
  signal: AbortSignal,
): Promise<Pace> {
  const model = await loadBaseModel(name, wanted.baseWeights);
  const { config, weights, tokenizer } = model;
  const settings = withPromptShape(wanted, model);
  await using sampler = await Sampler.create({ config, weights, device, rows: 128 });
  const actor = new Actor(sampler, tokenizer, environment, settings);
  const some = tasks.slice(0, Math.min(most.tasks, settings.tasksPerStep));
  const tries = Math.min(most.tries, settings.tries);
  // The first run of a shape is slow, and not what a training mostly does.
  const prompts = some.map((task) => ({
    tokens: promptOf(task, tokenizer, settings.promptTokens, settings.suffixTokens).tokens,
    samples: Array.from({ length: tries }, (_, at) => ({
      random: new Random('preflight', task.id, at),
      endsWith: () => false,
    })),
  }));
  await sampler.generate(prompts, { temperature: settings.temperature, maxTokens: 4, signal });
  const { groups, seconds } = await actor.rollout(
    some,
    { version: 0 },
    { tries, seed: ['preflight'], signal },
  );
  const measured = (seconds.sampling + seconds.grading) / (some.length * tries);

  // Groups in which every try got the same reward are not learnt from.
  const teaching = groups.filter((group) => new Set(group.map(({ reward }) => reward.value)).size > 1).flat();
  if (teaching.length === 0) return { measured, learnt: measured };
  await using scorer = await Scorer.create({ config, weights, device });
  const scored = teaching.slice(0, scoredTries);
  const score = () => scorer.score(actionFeeds(scored, settings.temperature));
  await score();
  const forward = (await timed(score)) / scored.length;
  return { measured, learnt: measured + (passes * forward * teaching.length) / (some.length * tries) };
}

async function timed(action: (this: void) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return (performance.now() - begun) / 1000;
}
