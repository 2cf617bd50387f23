import * as vscode from 'vscode';
import type { DeviceWish } from '../../trainer/protocol.ts';
import type { EnabledLanguages } from './languages.ts';

/** The settings under `reinforce.completions`, as they are for a document now. */
export interface CompletionSettings {
  readonly enabled: EnabledLanguages;
  readonly multiLine: boolean;
  readonly maxTokens: number;
  readonly maxFileKilobytes: number;
  readonly idleMinutes: number;
  readonly warmUp: boolean;
  readonly device: DeviceWish;
  readonly learnFrom: boolean;
}

export const section = 'reinforce.completions';

/** Defaults are those of package.json; they stand here too for a host that does not know them. */
export function completionSettings(document?: vscode.TextDocument): CompletionSettings {
  const settings = vscode.workspace.getConfiguration(section, document ?? null);
  return {
    enabled: settings.get('enabled', {}),
    multiLine: settings.get('multiLine', true),
    maxTokens: settings.get('maxTokens', 96),
    maxFileKilobytes: settings.get('maxFileKilobytes', 1000),
    idleMinutes: settings.get('idleMinutes', 10),
    warmUp: settings.get('warmUp', true),
    device: settings.get('device', 'cpu'),
    learnFrom: settings.get('learnFrom', false),
  };
}

/** Changes the setting where it is set already, and else for the user. */
export async function setEnabled(languages: EnabledLanguages): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section);
  const inWorkspace = settings.inspect('enabled')?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await settings.update('enabled', languages, target);
}
