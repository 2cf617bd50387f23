import * as vscode from 'vscode';
import {
  continueRequest,
  type Preflight,
  pauseRequest,
  preflightRequest,
  resumeRunRequest,
  startRequest,
  stopRequest,
} from '../../trainer/protocol.ts';
import type { TrainerClient } from '../background/trainerClient.ts';
import type { Trainers } from '../background/trainers.ts';
import type { CommandHandlers } from '../commands.ts';
import { pickFolder } from '../folderPick.ts';
import type { FolderRuns } from '../runs/folderRuns.ts';
import { nodeOf } from '../runs/runNode.ts';
import { isolationWish, trainingWish } from '../settings.ts';
import { showPreflight } from './preflightPick.ts';
import { canStart } from './preflightText.ts';
import { progressWords } from './progressWords.ts';

/** What `reinforce.train` may be given by program. */
interface TrainArguments {
  /** Path of the folder. */
  readonly folder?: string;
  /** `false` starts without asking, where that is possible. */
  readonly ask?: boolean;
}

export type TrainAnswer =
  | { readonly outcome: 'started' | 'dismissed' | 'refused'; readonly preflight: Preflight }
  | { readonly outcome: 'dismissed' };

export function trainingCommands(trainers: Trainers, runs: FolderRuns): CommandHandlers {
  const busy = ({ state }: TrainerClient) => state?.activity !== undefined;
  const paused = ({ state }: TrainerClient) => state?.phase === 'paused';
  return {
    'reinforce.train': async (given): Promise<TrainAnswer> => {
      const { folder, ask = true } = (given ?? {}) as TrainArguments;
      const none = vscode.l10n.t('Something is under way already: stop it first, or wait for its end.');
      const client = await pickFolder(trainers, folder, (each) => !busy(each), none);
      if (!client) return { outcome: 'dismissed' };
      for (;;) {
        const preflight = await collect(client);
        const possible = canStart(preflight);
        if (!ask && !possible) return { outcome: 'refused', preflight };
        const choice = ask ? await showPreflight(preflight) : 'start';
        if (choice === 'again') continue;
        if (choice === 'tasks')
          await vscode.commands.executeCommand('reinforce.showTasks', client.folder.uri);
        if (choice === 'settings') {
          await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:reinforce.reinforce');
        }
        if (choice !== 'start' || !possible) return { outcome: 'dismissed', preflight };
        await client.request(startRequest, trainingWish(client.folder.uri));
        return { outcome: 'started', preflight };
      }
    },
    'reinforce.stop': async (folder) => {
      const none = vscode.l10n.t('Nothing is under way that could be stopped.');
      const client = await pickFolder(trainers, folder, busy, none);
      if (!client) return undefined;
      await client.request(stopRequest);
      return client.state;
    },
    'reinforce.pause': async (folder) => {
      const none = vscode.l10n.t('Nothing is being trained that could be paused.');
      const suits = (each: TrainerClient) => busy(each) && !paused(each);
      const client = await pickFolder(trainers, folder, suits, none);
      if (!client) return undefined;
      await client.request(pauseRequest, { because: 'user' });
      return client.state;
    },
    'reinforce.continue': async (given) => {
      const node = nodeOf(given);
      const run = node?.kind === 'run' ? node.run : undefined;
      const none = vscode.l10n.t('No training is paused, and no run was stopped that could be gone on with.');
      const suits = (each: TrainerClient) =>
        paused(each) || (!busy(each) && runs.resumableIn(each.folder.uri) !== undefined);
      const client = await pickFolder(trainers, run?.folder.uri ?? given, suits, none);
      if (!client) return undefined;
      if (paused(client) && run === undefined) await client.request(continueRequest);
      else {
        const isolation = isolationWish(client.folder.uri);
        const wish = run === undefined ? { isolation } : { isolation, run: run.directory };
        await client.request(resumeRunRequest, wish);
      }
      return client.state;
    },
  };
}

/** Collecting takes seconds to minutes: one notification, which can be cancelled. */
function collect(client: TrainerClient): Thenable<Preflight> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reinforce: looking at {0}', client.folder.name),
      cancellable: true,
    },
    async (progress, token) => {
      let last: { doing: string; done: number } | undefined;
      using _listening = disposable(
        client.onPreflightProgress(({ doing, done }) => {
          const increment = 100 * (done - (last?.doing === doing ? last.done : 0));
          // The bar is for the longest part; the others only say what they do.
          progress.report({
            message: progressWords(doing),
            ...(increment > 0 ? { increment: increment / 2 } : {}),
          });
          last = { doing, done };
        }),
      );
      try {
        return await client.request(preflightRequest, trainingWish(client.folder.uri), token);
      } catch (error) {
        if (token.isCancellationRequested) throw new vscode.CancellationError();
        throw error;
      }
    },
  );
}

const disposable = (inner: vscode.Disposable): Disposable => ({ [Symbol.dispose]: () => inner.dispose() });
