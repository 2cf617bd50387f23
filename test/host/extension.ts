import * as vscode from 'vscode';

const id = 'reinforce.reinforce';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(id);
  if (!found) throw new Error(`${id} is not there.`);
  return found;
}

/** The commands that the manifest declares. */
export function declaredCommands(): string[] {
  const { commands = [] } = extension().packageJSON.contributes ?? {};
  return commands.map(({ command }: { command: string }) => command);
}
