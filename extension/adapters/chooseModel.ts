import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandHandlers } from '../commands.ts';
import { baseModel, setBaseModel } from '../settings.ts';

type Choice = 'embedded' | 'browse' | 'keep';

/** Needed of a directory to be offered to the trainer, which says what else is wrong with it. */
const neededFile = 'config.json';

export function modelCommands(): CommandHandlers {
  return {
    'reinforce.chooseBaseModel': async (given): Promise<string | undefined> => {
      const directory = typeof given === 'string' ? given : await ask();
      if (directory === undefined) return baseModel();
      const model = directory === '' ? undefined : directory;
      if (model !== undefined) await check(model);
      await setBaseModel(model);
      return model;
    },
  };
}

/** A directory, the empty word for the embedded model, or undefined when nothing is to change. */
async function ask(): Promise<string | undefined> {
  const configured = baseModel();
  const inUse = vscode.l10n.t('in use');
  const items: (vscode.QuickPickItem & { choice: Choice })[] = [
    {
      label: `$(package) ${vscode.l10n.t('Embedded model')}`,
      description: configured === undefined ? inUse : '',
      detail: vscode.l10n.t('Comes with Reinforce: small, quick on any processor, for short functions'),
      choice: 'embedded',
    },
    {
      label: `$(folder-opened) ${vscode.l10n.t('Choose a Folder…')}`,
      detail: vscode.l10n.t(
        'A model in its Hugging Face form: config.json, model.safetensors and tokenizer.json',
      ),
      choice: 'browse',
    },
  ];
  if (configured !== undefined) {
    items.splice(1, 0, { label: `$(check) ${configured}`, description: inUse, choice: 'keep' });
  }
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose Base Model') });
  if (picked?.choice === 'embedded') return '';
  if (picked?.choice !== 'browse') return undefined;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Use This Model'),
    })) ?? [];
  return folder?.fsPath;
}

async function check(directory: string): Promise<void> {
  const found = await stat(join(directory, neededFile)).catch(() => undefined);
  if (found?.isFile()) return;
  throw new Error(vscode.l10n.t('{0} holds no {1}: choose the folder of a model.', directory, neededFile));
}
