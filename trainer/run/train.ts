/**
 * A training run, in the order in which it happens:
 *
 *  1. imitate accepted completions, if told so; evaluate the base model on all tasks;
 *  2. for each step: sample tasks of the training split, try each several times (actor), put the groups into the
 *     replay memory, learn from them (learner), publish the adapter as the next policy version, write everything down;
 *     now and then, if told so, evaluate it on held-out tasks and keep the best;
 *  3. evaluate the tuned model.
 *
 * Every random number is named by (seed, step, task, try), so that a run that was killed and resumed from its last
 * checkpoint ends with the same weights as one that was not.
 */
import { z } from 'zod';
import type { Task } from '../../sandbox/tasks/task.ts';
import type { Device } from '../graph/program.ts';
import { Learner } from '../learn/learner.ts';
import { advantagesOf, learnFrom } from '../learn/learnFrom.ts';
import { grpo } from '../learn/objectives/grpo.ts';
import { copyOf } from '../learn/weightAverage.ts';
import { ReplayMemory } from '../memory/replayMemory.ts';
import { newAdapter } from '../model/adapter.ts';
import { fingerprintOf } from '../model/fingerprint.ts';
import type { BaseModel } from '../model/loadModel.ts';
import { readAdapterOf } from '../model/peft.ts';
import type { Tensor } from '../model/safetensors.ts';
import type { WeightForm } from '../model/weightForm.ts';
import { Sampler } from '../policy/sampler.ts';
import { Scorer } from '../policy/scorer.ts';
import { Random } from '../random.ts';
import { Actor, type Grader, type Rollout } from '../rollout/actor.ts';
import type { Episode } from '../rollout/episode.ts';
import { Brakes } from './brakes.ts';
import type { TrainedWeights } from './checkpoint.ts';
import { type Difficulty, difficulties, difficultyOf, withinReach } from './difficulty.ts';
import { type Evaluation, evaluate, type SplitScore } from './evaluate.ts';
import { Gate } from './gate.ts';
import type { DecidedSettings } from './learningRate.ts';
import type { RunDirectory } from './runDirectory.ts';
import { warmUp } from './warmUp.ts';

/** What a run reports while it goes on. Shares are in [0, 1], times in seconds, log-probabilities in nats. */
export type TrainEvent =
  | {
      readonly event: 'sampling';
      readonly phase: 'evaluation' | 'training';
      readonly step: number;
      readonly sampled: number;
      readonly graded: number;
      readonly of: number;
    }
  | { readonly event: 'learning'; readonly step: number }
  /** Accepted completions were imitated; `losses` are the means by pass. */
  | { readonly event: 'imitation'; readonly examples: number; readonly losses: readonly number[] }
  | {
      readonly event: 'evaluation';
      readonly step: number;
      readonly scores: Evaluation;
      readonly seconds: number;
      /** Before the first step: training tasks that are too easy or too hard, by id, and whether they are set aside. */
      readonly difficulty?: Readonly<Record<string, Difficulty>>;
      readonly setAside?: boolean;
    }
  | {
      readonly event: 'step';
      readonly step: number;
      readonly steps: number;
      readonly metrics: Readonly<Record<string, number>>;
      readonly seconds: Readonly<Record<string, number>>;
    };

export interface TrainContext {
  readonly model: BaseModel;
  readonly tasks: readonly Task[];
  readonly grader: Grader;
  readonly run: RunDirectory;
  readonly settings: DecidedSettings;
  /** Completions that a person accepted, to imitate before the first step. */
  readonly accepted?: readonly Episode[] | undefined;
  readonly device?: Device;
  readonly signal?: AbortSignal | undefined;
  /** Passed between tokens and between micro-batches; time spent there does not count. */
  readonly gate?: Gate | undefined;
  readonly onEvent?: (event: TrainEvent) => void;
}

export interface TrainResult {
  readonly before: Evaluation;
  readonly after: Evaluation;
  readonly seconds: number;
  /** Why it ended before its last step, as a sentence, where a brake ended it. */
  readonly braked?: string;
}

/** The weights in `best/`: after which step, and how they did on held-out tasks. */
interface Best {
  readonly step: number;
  readonly passAt1: number;
  readonly reward: number;
}

const stateSchema = z.object({
  before: z.custom<Evaluation>(),
  /** Seconds that the run has taken so far, and that its first evaluation took. */
  seconds: z.number(),
  evaluationSeconds: z.number(),
  best: z.custom<Best>().nullable().default(null),
  /** Of the brakes: steps beyond a limit, running; and why the training ends, once it does. */
  strikes: z.int().default(0),
  braked: z.string().nullable().default(null),
  difficulty: z.record(z.string(), z.enum(difficulties)).default({}),
});

/** Trains until the last step, from the run's last checkpoint if it has one. */
export async function train(context: TrainContext): Promise<TrainResult> {
  const { model, tasks, grader, run, settings, device, signal, onEvent } = context;
  const clock = context.gate ?? new Gate();
  const gate = () => clock.pass(signal);
  const shutBefore = clock.secondsShut;
  const { config, weights, tokenizer } = model;
  const started = performance.now();
  const checkpoint = await run.resume(stateSchema);
  await run.writeTasks(tasks);
  const lora = { rank: settings.rank, alpha: settings.alpha };
  const base = await fingerprintOf(model.source, config);
  /** What the learner trains and the actor samples with, and its average, which is what a run is for. */
  const tensors = newAdapter(config, lora, settings.seed);
  const average = checkpoint ? (await readAdapterOf(model, checkpoint.path)).tensors : copyOf(tensors);
  const accepted = (checkpoint ? undefined : context.accepted) ?? [];
  if (accepted.length > 0) {
    const adapter = { lora, tensors };
    const losses = await warmUp(
      accepted,
      { model, settings, adapter, ...(device ? { device } : {}) },
      { signal, gate },
    );
    const event = { event: 'imitation' as const, examples: accepted.length, losses };
    await run.appendEvent(event);
    onEvent?.(event);
  }

  const engine = { config, weights, ...(device ? { device } : {}) };
  const frozenData = writesFrom(settings.baseWeights);
  await using sampler = await Sampler.create({ ...engine, lora, rows: 128, frozenData });
  await using reference = await Scorer.create(engine);
  await using learner = await Learner.create({
    ...engine,
    adapter: { lora, tensors },
    objective: grpo(settings),
    checkpointing: settings.activationCheckpointing,
    actions: 'some',
    masks: 'group',
    optimizer: { weightDecay: settings.weightDecay },
    average,
  });
  const actor = new Actor(sampler, tokenizer, grader, settings);
  const memory = new ReplayMemory(0);
  let step = checkpoint?.step ?? 0;
  if (checkpoint) restoreLearner(learner, checkpoint.optimizer);
  const earlier = checkpoint?.state.seconds ?? 0;
  const elapsed = () => earlier + (performance.now() - started) / 1000 - (clock.secondsShut - shutBefore);
  let evaluationSeconds = checkpoint?.state.evaluationSeconds ?? 0;
  let best = checkpoint?.state.best ?? null;
  let braked = checkpoint?.state.braked ?? null;
  let difficulty = checkpoint?.state.difficulty ?? {};
  const brakes = new Brakes(settings, checkpoint?.state.strikes);
  const heldOut = tasks.filter(({ split }) => split === 'heldOut');

  const writeDown = (episodes: readonly Episode[], advantages: ReadonlyMap<Episode, number> = new Map()) =>
    run.appendEpisodes(
      episodes.map((episode) => ({
        step,
        episode,
        prompt: tokenizer.decode(episode.steps[0]!.observation),
        advantage: advantages.get(episode) ?? null,
        timings: {},
      })),
    );
  const trained = (): TrainedWeights => ({
    kind: 'adapter',
    adapter: { lora, tensors: average, base },
    baseModel: model.directory,
  });
  const measure = async (measured: readonly Task[]): Promise<Evaluation> => {
    const begun = elapsed();
    await learner.toHost();
    const of = measured.length * settings.evaluationTries;
    const { scores, episodes } = await evaluate(
      actor,
      measured,
      { version: step, adapter: average },
      {
        tries: settings.evaluationTries,
        seed: [settings.seed, 'evaluation', step],
        signal,
        gate,
        onProgress: (progress) =>
          onEvent?.({ event: 'sampling', phase: 'evaluation', step, ...progress, of }),
      },
    );
    const seconds = elapsed() - begun;
    // Time is kept back for the last evaluation, which is of all tasks.
    if (measured === tasks) evaluationSeconds = seconds;
    if (step === 0) difficulty = difficultyOf(episodes.filter(({ split }) => split === 'train'));
    const probed = step === 0 ? { difficulty, setAside: settings.setAside } : {};
    const event = { event: 'evaluation' as const, step, scores, seconds, ...probed };
    await writeDown(episodes);
    await run.appendEvent(event);
    onEvent?.(event);
    if (step > 0 && isBetter(scores.heldOut, best)) {
      best = { step, passAt1: scores.heldOut.passAt1, reward: scores.heldOut.reward };
      await run.saveBest(trained(), { step, heldOut: scores.heldOut });
    }
    return scores;
  };
  const save = async (before: Evaluation) => {
    await learner.toHost();
    await run.saveCheckpoint({
      step,
      trained: trained(),
      optimizer: learnerTensors(learner),
      state: {
        ...{ before, seconds: elapsed(), evaluationSeconds, best, difficulty },
        ...{ strikes: brakes.strikes, braked },
      },
    });
  };

  const before = checkpoint?.state.before ?? (await measure(tasks));
  // The first measurement is of the base model, whatever was imitated.
  if (accepted.length > 0) await learner.moveAverage(0);
  if (!checkpoint) await save(before);
  // Another step is begun only if it and the last evaluation will fit into the time.
  let stepSeconds = 0;
  const timeLeft = () => 60 * (settings.minutes ?? Infinity) - elapsed() - evaluationSeconds;
  while (step < settings.steps && braked === null && timeLeft() > stepSeconds) {
    signal?.throwIfAborted();
    const stepStarted = elapsed();
    const shut = clock.secondsShut;
    const tried = settings.setAside ? withinReach(tasks, difficulty) : tasks;
    const chosen = chooseTasks(tried, settings, step);
    const of = chosen.length * settings.tries;
    const sampled = await actor.rollout(
      chosen,
      { version: step, adapter: await learner.feeds() },
      {
        tries: settings.tries,
        seed: [settings.seed, step],
        signal,
        gate,
        onProgress: (progress) => onEvent?.({ event: 'sampling', phase: 'training', step, ...progress, of }),
      },
    );
    const rollout = withoutWaiting(sampled, clock.secondsShut - shut);
    memory.add(rollout.groups);

    onEvent?.({ event: 'learning', step });
    const begun = elapsed();
    const advantages = advantagesOf(memory.take(step), settings.divideByDeviation);
    const learned = await learnFrom(
      advantages,
      learner,
      reference,
      settings,
      [settings.seed, step, 'order'],
      { signal, gate },
    );
    await learner.moveAverage(settings.averageDecay);
    const seconds = { ...rollout.seconds, learning: elapsed() - begun };
    const metrics = {
      ...rolloutMetrics(rollout),
      ...learned,
      peakMegabytes: (1024 * process.resourceUsage().maxRSS) / 1e6,
    };
    step++;
    await writeDown(rollout.groups.flat(), advantages);
    await run.appendStep({ step, metrics, timings: seconds });
    braked = brakes.judge(metrics) ?? null;
    stepSeconds = elapsed() - stepStarted;
    onEvent?.({ event: 'step', step, steps: settings.steps, metrics, seconds });
    // Before the checkpoint that knows of its result; the last one is of all tasks, and comes after the loop.
    const due = settings.evaluateEvery > 0 && step % settings.evaluateEvery === 0;
    if (due && braked === null && step < settings.steps && heldOut.length > 0) await measure(heldOut);
    if (step % settings.checkpointEvery === 0) await save(before);
  }
  if (step % settings.checkpointEvery !== 0) await save(before);
  const after = await measure(tasks);
  const result = { before, after, seconds: elapsed(), ...(braked === null ? {} : { braked }) };
  await run.appendEvent({ event: 'result', ...result });
  return result;
}

/**
 * Whether tokens are written with a copy of the base model's weights that is arranged for it. Who has weights in blocks is
 * short of memory: these lie there once for all programs, which then also agree about log-probabilities.
 */
export const writesFrom = (form: WeightForm): 'packed' | 'shared' =>
  form === 'float32' ? 'packed' : 'shared';

/** By how many tries passed, then by mean reward; of two that are equal the earlier stays. */
function isBetter(score: SplitScore, best: Best | null): boolean {
  if (score.samples === 0) return false;
  if (best === null || score.passAt1 !== best.passAt1) return score.passAt1 > (best?.passAt1 ?? -1);
  return score.reward > best.reward;
}

/** The tasks of a step: those of the training split in an order drawn anew each time all have been tried. */
function chooseTasks(tasks: readonly Task[], { seed, tasksPerStep }: DecidedSettings, step: number): Task[] {
  const training = tasks.filter(({ split }) => split === 'train');
  const count = Math.min(tasksPerStep, training.length);
  return Array.from({ length: count }, (_, i) => {
    const at = step * count + i;
    const round = Math.floor(at / training.length);
    return new Random(seed, 'tasks', round).shuffled(training)[at % training.length]!;
  });
}

/** A rollout whose sampling waited for so many seconds, as if it had not. */
function withoutWaiting(rollout: Rollout, waited: number): Rollout {
  const { sampling, grading } = rollout.seconds;
  return { ...rollout, seconds: { sampling: sampling - waited, grading } };
}

function rolloutMetrics({ groups, tokens, seconds }: Rollout): Record<string, number> {
  const episodes = groups.flat().filter(({ reward }) => reward.verdict !== 'infrastructure');
  const rewards = episodes.map(({ reward }) => reward.value);
  const share = (holds: (episode: (typeof episodes)[number]) => boolean) =>
    episodes.length ? episodes.filter(holds).length / episodes.length : 0;
  const equal = (value: number) =>
    groups.filter((group) => group.every(({ reward }) => reward.value === value)).length / groups.length;
  const mean = rewards.length ? rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length : 0;
  const variance =
    rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / Math.max(1, rewards.length);
  return {
    reward: mean,
    rewardStd: Math.sqrt(variance),
    passAt1: share(({ reward }) => reward.verdict === 'passed'),
    tooEasy: equal(1),
    tooHard: equal(0),
    completionLength: tokens / Math.max(1, groups.flat().length),
    cutOff: share(({ steps }) => steps.at(-1)!.stop === 'length'),
    cheated: share(({ reward }) => reward.verdict === 'cheated'),
    graderFailed: 1 - episodes.length / Math.max(1, groups.flat().length),
    tokensPerSecond: tokens / seconds.sampling,
  };
}

/** What the learner goes on from, besides the averaged adapter: its parameters and its optimizer's moments. */
function learnerTensors({ parameters, optimizer }: Learner): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>([
    ['steps', { shape: [1], data: Float32Array.of(optimizer.steps) }],
  ]);
  for (const [kind, values] of Object.entries({
    parameters,
    first: optimizer.first,
    second: optimizer.second,
  })) {
    for (const [name, data] of values) tensors.set(`${kind}:${name}`, { shape: [data.length], data });
  }
  return tensors;
}

function restoreLearner({ parameters, optimizer }: Learner, tensors: ReadonlyMap<string, Tensor>): void {
  optimizer.steps = tensors.get('steps')!.data[0]!;
  for (const [kind, values] of Object.entries({
    parameters,
    first: optimizer.first,
    second: optimizer.second,
  })) {
    for (const [name, data] of values) data.set(tensors.get(`${kind}:${name}`)!.data);
  }
}
