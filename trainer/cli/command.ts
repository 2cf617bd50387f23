import { Command, Option } from 'commander';
import type { Output } from './output.ts';

/** What every command is given. */
export interface CommandContext {
  readonly output: Output;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

/** A command with what all of them have: `--json`, and examples at the end of its help. */
export function newCommand(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  $ reinforce ${example}`);
  return new Command(name)
    .summary(summary)
    .description(summary)
    .option('--json', 'print one JSON object a line on standard output, and text on standard error')
    .addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

export type { WantedIsolation } from '../session/collect.ts';
export type { WantedDevice } from '../session/train.ts';

export const modelOption = () =>
  new Option(
    '--model <model>',
    "a directory in Hugging Face form, a GGUF file, or a downloaded model's name (default: an adapter's own, else the embedded model)",
  );

export const deviceOption = () =>
  new Option('--device <device>', 'auto takes WebGPU or CUDA only where it is faster').choices([
    'auto',
    'cpu',
    'webgpu',
    'cuda',
  ]);

export const isolationOption = () =>
  new Option('--isolation <kind>', 'none runs model-written code with your own rights')
    .choices(['auto', 'bubblewrap', 'none'])
    .default('auto');

export const adapterOption = () =>
  new Option('--adapter <run or directory>', 'weights that were trained: a run, or a directory in PEFT form');

export const setOption = () =>
  new Option('--set <name=value>', 'a setting of the training; may be given several times').argParser(
    (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value],
  );
