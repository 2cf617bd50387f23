import { Command, CommanderError } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import type { CommandContext } from './command.ts';
import { completeCommand } from './complete.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { evalCommand } from './eval.ts';
import { exportCommand } from './export.ts';
import { Interruption } from './interruption.ts';
import { modelCommand } from './model.ts';
import { Output } from './output.ts';
import { versions } from './places.ts';
import { pretrainCommand } from './pretrain.ts';
import { runsCommand } from './runs.ts';
import { tasksCommand } from './tasks.ts';
import { trainCommand } from './train.ts';

const commands = [
  tasksCommand,
  trainCommand,
  evalCommand,
  completeCommand,
  runsCommand,
  modelCommand,
  exportCommand,
  doctorCommand,
  pretrainCommand,
  demoCommand,
];

/**
 * Runs the command line and sets the exit code: 0 when all went well, 1 for what was wrong, 130 after Ctrl+C.
 * @param words what stands after the program's name.
 */
export async function main(words: readonly string[]): Promise<void> {
  const output = new Output(words.includes('--json'));
  using interruption = new Interruption();
  const context: CommandContext = { output, signal: interruption.signal };
  const root = program(context);
  // A reader that has seen enough, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    await root.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = interruption.exitCode ?? tell(error, output, helpFor(words, root));
  }
}

function program(context: CommandContext): Command {
  const root = new Command('reinforce')
    .description(
      'Fine-tunes a small code model on your workspace, by reinforcement learning from its unit tests.',
    )
    .version(versions().reinforce)
    // Errors come back as exceptions, and are told in one place.
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const create of commands) root.addCommand(create(context));
  inherit(root);
  return root;
}

/** Commands that were made apart from the one they belong to have none of its settings. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
}

/** The command line whose help says how what was meant is written. */
function helpFor(words: readonly string[], command: Command, path = command.name()): string {
  const [first, ...rest] = words;
  const named = command.commands.find((part) => part.name() === first);
  return named ? helpFor(rest, named, `${path} ${first}`) : `${path} --help`;
}

/** Tells what was wrong; answers the exit code. */
function tell(error: unknown, output: Output, help: string): number {
  if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
    return error.exitCode;
  }
  const message = sentenceOf(error, help);
  output.event({ event: 'error', message });
  process.stderr.write(`${message}\n`);
  if (!(error instanceof HumanError || error instanceof CommanderError)) {
    process.stderr.write(`This is a bug in Reinforce.\n${(error as Error).stack ?? ''}\n`);
  }
  return 1;
}

function sentenceOf(error: unknown, help: string): string {
  if (!(error instanceof CommanderError)) return error instanceof Error ? error.message : String(error);
  const text = error.message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}: see "${help}".`;
}
