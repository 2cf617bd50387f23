import * as vscode from 'vscode';
import { tasksRequest } from '../../trainer/protocol.ts';
import type { Trainers } from '../background/trainers.ts';
import type { CommandHandlers } from '../commands.ts';
import { pickFolder } from '../folderPick.ts';
import { trainingWish } from '../settings.ts';
import type { FolderTasks, TasksTree } from './tasksTree.ts';

export function taskCommands(trainers: Trainers, tree: TasksTree, onShown: () => void): CommandHandlers {
  return {
    'reinforce.showTasks': async (folder): Promise<FolderTasks | undefined> => {
      const none = vscode.l10n.t('Something is under way already: stop it first, or wait for its end.');
      const idle = (client: (typeof trainers.all)[number]) => client.state?.activity === undefined;
      const client = await pickFolder(trainers, folder, idle, none);
      if (!client) return undefined;
      const { isolation, settings } = trainingWish(client.folder.uri);
      const listing = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Reinforce: collecting the tasks of {0}', client.folder.name),
          cancellable: true,
        },
        async (_, token) => {
          try {
            return await client.request(tasksRequest, { isolation, settings }, token);
          } catch (error) {
            if (token.isCancellationRequested) throw new vscode.CancellationError();
            throw error;
          }
        },
      );
      const tasks = { ...listing, folder: client.folder };
      tree.show(tasks);
      onShown();
      await vscode.commands.executeCommand('reinforce.tasks.focus');
      return tasks;
    },
  };
}
