import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import { findFunctions } from '../../sandbox/tasks/findFunctions.ts';
import { FunctionEnd } from '../../sandbox/tasks/functionEnd.ts';
import { PythonFunctionEnd } from '../../sandbox/tasks/pythonFunctionEnd.ts';
import { languageOf, SyntaxTrees } from '../../sandbox/tasks/syntaxTrees.ts';
import { whyUnreadable } from '../files/readJson.ts';
import { resolveModel } from '../hub/cache.ts';
import { StopSequences } from '../policy/stopSequences.ts';
import { Random } from '../random.ts';
import { type PromptPlace, promptOf } from '../rollout/prompt.ts';
import { trainedPromptShape, usualSuffixTokens } from '../run/promptShape.ts';
import { findAdapter } from './adapter.ts';
import { adapterOption, type CommandContext, modelOption, newCommand } from './command.ts';
import { embeddedModel } from './places.ts';

interface Options {
  readonly model?: string;
  readonly adapter?: string;
  readonly temperature: number;
  readonly tokens: number;
  readonly seed: number;
  readonly promptTokens?: number;
  readonly stop: readonly string[];
}

export function completeCommand(context: CommandContext): Command {
  return newCommand('complete', 'Write what comes next in a file.', [
    'complete src/text.ts:12',
    'complete src/text.ts:12 --adapter 2026-11-22T07-30-05',
    'complete src/text.ts:12 --temperature 0.8 --seed 3 --json',
  ])
    .description(
      'Write the body of the function whose body starts on a line, or else go on at the end of that line.\n' +
        'Only the new text is printed; the file stays as it is.',
    )
    .argument('<file:line>', 'a file and a line of it, counted from 1')
    .addOption(modelOption())
    .addOption(adapterOption())
    .option('--temperature <number>', '0 takes the likeliest tokens', numberAtLeast(0), 0)
    .option('--tokens <number>', 'most tokens to write', wholeNumberAtLeast(1), 96)
    .option(
      '--prompt-tokens <number>',
      'most tokens to read; by default as many as in training',
      wholeNumberAtLeast(2),
    )
    .option('--stop <text...>', 'texts at whose beginning to end', [])
    .option('--seed <number>', 'names the random numbers', wholeNumberAtLeast(0), 1)
    .action((place: string, options: Options) => complete(context, place, options));
}

async function complete({ output, signal }: CommandContext, place: string, options: Options): Promise<void> {
  const { file, language, ...around } = await readPlace(place);
  const adapter =
    options.adapter === undefined ? undefined : await findAdapter(options.adapter, workspaceOf(file));
  const { loadPolicy } = await import('./policy.ts');
  const directory =
    options.model === undefined ? (adapter?.run?.model ?? embeddedModel) : await resolveModel(options.model);
  await using policy = await loadPolicy(directory, adapter, { rows: 1 });
  if (policy.doubt !== undefined) output.warn(policy.doubt);
  const { tokenizer, config } = policy.model;

  const started = performance.now();
  const room = config.maxPositions - options.tokens;
  if (room < 2) {
    throw new HumanError(
      `The model reads ${config.maxPositions} tokens in all: ask for fewer with --tokens.`,
    );
  }
  const trained = await trainedPromptShape(adapter?.directory);
  const budget = Math.min(room, options.promptTokens ?? trained.promptTokens);
  const suffixTokens = trained.suffixTokens ?? usualSuffixTokens(policy.model, budget);
  const { tokens: prompt } = promptOf(around, tokenizer, budget, suffixTokens);
  const stream = tokenizer.stream();
  const functionEnd = language === 'python' ? new PythonFunctionEnd() : new FunctionEnd();
  const stopSequences = new StopSequences(options.stop);
  let text = '';
  const endsWith = (token: number): boolean => {
    if (tokenizer.ends.has(token)) return true;
    const piece = stream.push(token);
    text += piece;
    const ends = [functionEnd.push(piece), stopSequences.push(piece)].filter((at) => at !== undefined);
    text = text.slice(0, Math.min(text.length, ...ends));
    return ends.length > 0;
  };
  const [samples] = await policy.sampler.generate(
    [{ tokens: prompt, samples: [{ random: new Random(options.seed), endsWith }] }],
    { temperature: options.temperature, maxTokens: options.tokens, signal },
    policy.adapter,
  );
  const sample = samples![0]!;
  const seconds = (performance.now() - started) / 1000;
  const [tokens, stop] = [sample.tokens.length, sample.ended ? 'end' : 'length'];
  output.event({ event: 'result', completion: text, stop, tokens, promptTokens: prompt.length, seconds });
  if (!output.json) output.say(text.replace(/\n\s*$/, ''));
}

interface Place extends PromptPlace {
  readonly file: string;
  readonly language: ReturnType<typeof languageOf>;
}

/** What stands before the place to write at and behind it, and where the function that it is in begins. */
async function readPlace(place: string): Promise<Place> {
  const [, name, number] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (name === undefined || Number(number) < 1) {
    throw new HumanError(`"${place}" does not name a line: give a file and a line, such as src/text.ts:12.`);
  }
  const file = resolve(name);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new HumanError(`${file} ${whyUnreadable(error)}: check the path.`);
  });
  const lines = text.split('\n');
  const line = Number(number);
  if (line > lines.length) {
    throw new HumanError(`${file} has ${lines.length} lines and no line ${line}: choose one of them.`);
  }
  const lineStart = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const lineEnd = lineStart + lines[line - 1]!.replace(/\r$/, '').length;
  const language = languageOf(file);
  if (language === undefined) {
    const [prefix, suffix] = [text.slice(0, lineEnd), text.slice(lineEnd)];
    return { file, prefix, suffix, headerStart: lineStart, language };
  }

  const functions = (await SyntaxTrees.load()).read(language, text, findFunctions);
  const started = functions.find(({ bodyStart }) => bodyStart > lineStart && bodyStart <= lineEnd);
  const around = functions.find((found) => found.headerStart <= lineStart && found.bodyEnd >= lineEnd);
  return {
    file,
    prefix: text.slice(0, started?.bodyStart ?? lineEnd),
    suffix: text.slice(started?.bodyEnd ?? lineEnd),
    headerStart: (started ?? around)?.headerStart ?? lineStart,
    language,
  };
}

/** The folder around a file that has been trained on; without one, the current folder. */
function workspaceOf(file: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, '.reinforce'))) return folder;
  }
  return process.cwd();
}

function wholeNumberAtLeast(least: number): (word: string) => number {
  return (word) => {
    if (Number.isInteger(Number(word))) return numberAtLeast(least)(word);
    throw new HumanError(`"${word}" is not a whole number: correct it.`);
  };
}

function numberAtLeast(least: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (word.trim() !== '' && value >= least) return value;
    throw new HumanError(`"${word}" is not a number of at least ${least}: correct it.`);
  };
}
