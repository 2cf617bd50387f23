import type { Command } from 'commander';
import { trainSettings } from '../run/settings.ts';
import { type CommandContext, newCommand } from './command.ts';
import { embeddedModel, sampleWorkspace } from './places.ts';
import { settingsFrom } from './settings.ts';

/** Collecting the tasks comes on top of these minutes; together it stays below six on two cores. */
const demoSettings = { minutes: 4.5, promptTokens: 64 };

interface Options {
  readonly seed?: string;
}

export function demoCommand(context: CommandContext): Command {
  return newCommand('demo', 'Train the embedded model on the sample workspace, in at most six minutes.', [
    'demo',
    'demo --seed 2 --json',
  ])
    .option(
      '--seed <number>',
      `names all random numbers (default: ${trainSettings.shape.seed.parse(undefined)})`,
    )
    .action(async ({ seed }: Options) => {
      const assignments = new Map(seed === undefined ? [] : [['seed', seed]]);
      const { runTraining } = await import('./training.ts');
      await runTraining(context, {
        workspace: sampleWorkspace,
        model: embeddedModel,
        settings: settingsFrom(assignments, demoSettings),
        device: 'cpu',
        isolation: 'auto',
      });
    });
}
