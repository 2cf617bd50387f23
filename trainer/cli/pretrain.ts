import { resolve } from 'node:path';
import type { Command } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import type { PretrainProgress } from '../pretrain/pretrain.ts';
import { type CommandContext, newCommand } from './command.ts';
import type { Progress } from './output.ts';
import { duration } from './wording.ts';

interface Options {
  readonly minutes?: number;
  readonly steps?: number;
  readonly seed: number;
  readonly output: string;
  readonly cache: string;
}

const corpusPhases: Readonly<Record<string, string>> = {
  libraries: 'Fetching libraries',
  functions: 'Cutting out functions',
  tokenizer: 'Training the tokenizer',
  'held-out': 'Writing the validation corpus',
  train: 'Writing the corpus',
};

export function pretrainCommand(context: CommandContext): Command {
  return newCommand('pretrain', 'Train a base model like the embedded one, from nothing.', [
    'pretrain --minutes 60',
    'pretrain --steps 3000 --seed 2 --output ~/models/mine',
  ])
    .description(
      'Train a base model like the embedded one, from nothing: on functions of libraries that npm fetches, and on ' +
        'generated exercises. The same seed and steps give the same model; a stopped run goes on when it is started again.',
    )
    .option('--minutes <number>', 'train about this long, without the corpus (default: 60)', positive)
    .option('--steps <number>', 'train this many steps instead', positiveWhole)
    .option('--seed <number>', 'names all random numbers', wholeNumber, 1)
    .option('--output <directory>', 'where the model goes', 'reinforce-base')
    .option('--cache <directory>', 'where the corpus and the checkpoints go', '.cache/pretrain')
    .action((options: Options) => pretrainModel(context, options));
}

async function pretrainModel(context: CommandContext, options: Options): Promise<void> {
  const { output: out, signal } = context;
  const { seed, minutes } = options;
  if (options.steps !== undefined && minutes !== undefined) {
    throw new HumanError('--steps and --minutes both say how long to train: leave out one of them.');
  }
  const started = performance.now();
  const { pretrainBaseModel } = await import('../pretrain/baseModel.ts');
  const steps = options.steps ?? (await stepsIn(minutes ?? 60, context));
  const [output, cache] = [resolve(options.output), resolve(options.cache)];
  out.event({ event: 'plan', steps, seed, output, cache });
  out.say(`${steps} steps with seed ${seed}; the model goes to ${output}.`);

  let shown: { phase: string; progress: Progress } | undefined;
  const show = (phase: string, total: number): Progress => {
    if (shown?.phase !== phase) {
      shown?.progress[Symbol.dispose]();
      shown = { phase, progress: out.progress(phase, total) };
    }
    return shown.progress;
  };
  let last: PretrainProgress | undefined;
  try {
    await pretrainBaseModel({
      seed,
      steps,
      cache,
      output,
      signal,
      onCorpus: ({ phase, done }) => {
        show(corpusPhases[phase] ?? phase, 1000).update(Math.round(1000 * done));
        out.event({ event: 'corpus', phase, done });
      },
      onProgress: (progress) => {
        last = { ...last, ...progress };
        const { step, loss, validationLoss } = progress;
        show('Training', steps).update(step, `loss ${loss.toFixed(3)}`);
        out.event({ event: 'step', ...progress });
        if (validationLoss !== undefined) {
          out.say(`step ${step}/${steps}  loss ${loss.toFixed(3)}  validation ${validationLoss.toFixed(3)}`);
        }
      },
    });
  } catch (error) {
    if (signal.aborted) {
      out.say(`Stopped. The same command with --steps ${steps} goes on from the last checkpoint.`);
    }
    throw error;
  } finally {
    shown?.progress[Symbol.dispose]();
  }
  const seconds = (performance.now() - started) / 1000;
  const { loss, validationLoss } = last ?? {};
  out.event({ event: 'result', output, steps, seed, loss, validationLoss, seconds });
  out.say(`The model is in ${output}. It took ${duration(seconds)}.`);
}

async function stepsIn(minutes: number, { output, signal }: CommandContext): Promise<number> {
  output.say('Measuring how long a step takes …');
  const { secondsPerStep } = await import('../pretrain/pace.ts');
  const seconds = await secondsPerStep(signal);
  output.say(`A step takes ${seconds.toFixed(2)} s.`);
  return Math.max(1, Math.floor((minutes * 60) / seconds));
}

function positive(word: string): number {
  return checked(word, 'a number above 0', (value) => value > 0);
}

function positiveWhole(word: string): number {
  return checked(word, 'a whole number above 0', (value) => Number.isInteger(value) && value > 0);
}

function wholeNumber(word: string): number {
  return checked(word, 'a whole number', Number.isInteger);
}

function checked(word: string, what: string, holds: (value: number) => boolean): number {
  const value = Number(word);
  if (word.trim() !== '' && holds(value)) return value;
  throw new HumanError(`"${word}" is not ${what}: correct it.`);
}
