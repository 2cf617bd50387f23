import * as vscode from 'vscode';
import type { ReinforceApi } from '../../extension/main.ts';

const id = 'reinforce.reinforce';

export function extension(): vscode.Extension<ReinforceApi> {
  const found = vscode.extensions.getExtension<ReinforceApi>(id);
  if (!found) throw new Error(`${id} is not there.`);
  return found;
}

/** The commands that the manifest declares. */
export function declaredCommands(): string[] {
  const { commands = [] } = extension().packageJSON.contributes ?? {};
  return commands.map(({ command }: { command: string }) => command);
}
