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

/** The settings that the manifest declares, by their whole names. */
export function declaredSettings(): string[] {
  const { configuration = [] } = extension().packageJSON.contributes ?? {};
  return configuration.flatMap(({ properties }: { properties: object }) => Object.keys(properties));
}
