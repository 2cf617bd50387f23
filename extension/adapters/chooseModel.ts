import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandHandlers } from '../commands.ts';
import { baseModel, setBaseModel } from '../settings.ts';
import { type CommandLine, cachedModels, getModel } from './modelHub.ts';

interface Item extends vscode.QuickPickItem {
  /** A path; empty for the embedded model. */
  readonly model?: string;
  readonly ask?: 'folder' | 'hub';
}

export function modelCommands(commandLine: CommandLine): CommandHandlers {
  return {
    /** Answers the path of the model that is chosen afterwards; undefined for the embedded one. */
    'reinforce.chooseBaseModel': async (given): Promise<string | undefined> => {
      const chosen = typeof given === 'string' ? given : await ask(commandLine);
      if (chosen === undefined) return baseModel();
      if (chosen !== '') await check(chosen);
      await setBaseModel(chosen === '' ? undefined : chosen);
      return baseModel();
    },
  };
}

/** A path, the empty word for the embedded model, or undefined when nothing is to change. */
async function ask(commandLine: CommandLine): Promise<string | undefined> {
  const configured = baseModel();
  const cached = await cachedModels(commandLine);
  const known = [
    {
      label: vscode.l10n.t('Embedded model'),
      detail: vscode.l10n.t('Comes with Reinforce: small, quick on any processor, for short functions'),
      model: '',
    },
    ...cached.map(({ name, bytes, directory }) => ({
      label: name,
      detail: vscode.l10n.t('{0} GB, in the Hugging Face cache', (bytes / 1e9).toFixed(1)),
      model: directory,
    })),
  ];
  if (configured !== undefined && !known.some(({ model }) => model === configured)) {
    known.push({ label: configured, detail: '', model: configured });
  }
  const items: Item[] = [
    ...known.map(({ label, ...rest }) => {
      const used = rest.model === (configured ?? '');
      return {
        label: `${used ? '$(check)' : '$(package)'} ${label}`,
        ...rest,
        ...(used ? { description: vscode.l10n.t('in use') } : {}),
      };
    }),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(cloud-download) ${vscode.l10n.t('Get a Model from the Hugging Face Hub…')}`,
      detail: vscode.l10n.t('By its name, such as Qwen/Qwen2.5-Coder-0.5B'),
      ask: 'hub',
    },
    {
      label: `$(folder-opened) ${vscode.l10n.t('Choose a Folder…')}`,
      detail: vscode.l10n.t(
        'A model in its Hugging Face form: config.json, model.safetensors and tokenizer.json',
      ),
      ask: 'folder',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose Base Model') });
  if (picked?.ask === 'folder') return askForFolder();
  if (picked?.ask === 'hub') return askHub(commandLine);
  return picked?.model;
}

async function askForFolder(): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Use This Model'),
    })) ?? [];
  return folder?.fsPath;
}

async function askHub(commandLine: CommandLine): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Get a Model from the Hugging Face Hub'),
    prompt: vscode.l10n.t('Its name: organisation/model'),
    validateInput: (text) =>
      /^[\w.-]+\/[\w./-]+$/.test(text.trim())
        ? undefined
        : vscode.l10n.t('A name has two parts: organisation/model'),
  });
  return name === undefined ? undefined : getModel(commandLine, name.trim());
}

/** What cannot be a model is refused here; the trainer says what else may be wrong with one. */
async function check(path: string): Promise<void> {
  const found = await stat(path.endsWith('.gguf') ? path : join(path, 'config.json')).catch(() => undefined);
  if (found?.isFile()) return;
  throw new Error(
    path.endsWith('.gguf')
      ? vscode.l10n.t('There is no file {0}: choose another model.', path)
      : vscode.l10n.t('{0} holds no {1}: choose the folder of a model.', path, 'config.json'),
  );
}
