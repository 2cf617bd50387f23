import { access, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import { resolveModel } from '../hub/cache.ts';
import { findAdapter } from './adapter.ts';
import { type CommandContext, modelOption, newCommand } from './command.ts';
import { embeddedModel } from './places.ts';

const formats = ['peft', 'gguf', 'merged'] as const;

interface Options {
  readonly format: (typeof formats)[number];
  readonly output: string;
  readonly model?: string;
  readonly workspace: string;
}

export function exportCommand(context: CommandContext): Command {
  return newCommand('export', 'Write trained weights in a form that other tools read.', [
    'export 2026-11-22T07-30-05 --format peft --output my-adapter',
    'export 2026-11-22T07-30-05 --format gguf --output my-adapter.gguf',
    'export .reinforce/runs/2026-11-22T07-30-05 --format merged --output my-model',
  ])
    .description(
      'Write trained weights in a form that other tools read:\n' +
        '  peft    a LoRA adapter for PEFT and transformers, a directory\n' +
        '  gguf    a LoRA adapter for llama.cpp (--lora) and Ollama (ADAPTER), a file\n' +
        '  merged  the whole model with the adapter in its weights, a Hugging Face directory',
    )
    .argument('<run or directory>', 'weights that were trained: a run, or a directory in PEFT form')
    .addOption(new Option('--format <format>', 'what to write').choices(formats).default('peft'))
    .requiredOption('--output <path>', 'where it goes; there must be nothing there yet')
    .addOption(modelOption())
    .option('--workspace <folder>', 'the folder whose runs are meant', '.')
    .action((name: string, options: Options) => exportAdapter(context, name, options));
}

async function exportAdapter(
  { output: out, signal }: CommandContext,
  name: string,
  options: Options,
): Promise<void> {
  const { format } = options;
  const output = resolve(options.output);
  const taken = await access(output).then(
    () => true,
    () => false,
  );
  if (taken)
    throw new HumanError(`There is something at ${output} already: name another path with --output.`);

  const found = await findAdapter(name, options.workspace);
  const base =
    options.model === undefined ? (found.run?.model ?? embeddedModel) : await resolveModel(options.model);
  const { openModel } = await import('../model/loadModel.ts');
  const { doubtAbout, readAdapterOf, writeAdapter } = await import('../model/peft.ts');
  const model = await openModel(base);
  const adapter = await readAdapterOf(model, found.directory);
  const doubt = doubtAbout(found.directory, adapter);
  if (doubt !== undefined) out.warn(doubt);
  if (format === 'peft') {
    await mkdir(output, { recursive: true });
    await writeAdapter(output, adapter, model.directory);
  } else if (format === 'gguf') {
    const { writeGgufLora } = await import('../export/ggufLora.ts');
    await mkdir(dirname(output), { recursive: true });
    await writeGgufLora(output, adapter, model.config);
  } else {
    const { expectedWeights } = await import('../model/weights.ts');
    const { writeMerged } = await import('../export/merged.ts');
    using progress = out.progress('Merging', expectedWeights(model.config).size);
    await writeMerged(output, model, adapter, {
      signal,
      onProgress: (done) => progress.update(done),
    });
  }
  out.event({ event: 'result', output, format, model: model.directory, adapter: found.directory });
  out.say(`Wrote ${output}.`);
}
