import * as vscode from 'vscode';
import type { TrainerClient } from './background/trainerClient.ts';
import type { Trainers } from './background/trainers.ts';

export const noFolder = () =>
  vscode.l10n.t('Open a folder on disk first: Reinforce trains on the code and the tests that are in it.');
export const notTrusted = () =>
  vscode.l10n.t(
    'This workspace is not trusted, so its tests are not run and nothing is trained: trust it first.',
  );

/**
 * The folder that a command is about: the one that it was given, the only one that `suits`, or one that is picked.
 * @returns undefined when the person picked none. @throws Error with a sentence when there is none.
 */
export async function pickFolder(
  trainers: Trainers,
  given: unknown,
  suits: (client: TrainerClient) => boolean,
  none: string,
): Promise<TrainerClient | undefined> {
  if (!vscode.workspace.isTrusted) throw new Error(notTrusted());
  if (trainers.all.length === 0) throw new Error(noFolder());
  if (typeof given === 'string' || given instanceof vscode.Uri) {
    const uri = typeof given === 'string' ? vscode.Uri.file(given) : given;
    const client = trainers.of(uri);
    if (!client) throw new Error(vscode.l10n.t('{0} is not a folder of this workspace.', uri.fsPath));
    return client;
  }
  const suiting = trainers.all.filter(suits);
  if (suiting.length === 0) throw new Error(none);
  if (suiting.length === 1) return suiting[0];
  const picked = await vscode.window.showQuickPick(
    suiting.map((client) => ({
      label: client.folder.name,
      description: client.folder.uri.fsPath,
      client,
    })),
    { placeHolder: vscode.l10n.t('Choose a folder') },
  );
  return picked?.client;
}
