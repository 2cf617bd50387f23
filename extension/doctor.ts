import * as vscode from 'vscode';
import type { CommandLine } from './adapters/modelHub.ts';
import type { Trainers } from './background/trainers.ts';
import type { CommandHandlers } from './commands.ts';
import { baseModel, deviceWish, isolationWish } from './settings.ts';

export interface DoctorParts extends CommandLine {
  readonly trainers: Trainers;
  readonly version: string;
}

const timeout = 120_000;

/** A page for a bug report: what this window knows, then what `reinforce doctor` finds. */
export function doctorCommands({ trainers, node, cli, version }: DoctorParts): CommandHandlers {
  return {
    'reinforce.doctor': async (given): Promise<string> => {
      const lines = [
        `# Reinforce ${version}`,
        '',
        `- VS Code ${vscode.version} (${vscode.env.appName}, ${vscode.env.remoteName ?? 'local'}), ${process.platform}-${process.arch}`,
        `- Extension host: Node ${process.versions.node}${process.versions.electron ? `, Electron ${process.versions.electron}` : ''}`,
        `- Node of the trainer: ${attempt(node)}`,
        `- Workspace: ${vscode.workspace.isTrusted ? 'trusted' : 'not trusted, so nothing is collected or trained'}`,
        `- Base model: ${baseModel() ?? 'embedded'}; device: ${deviceWish()}; isolation: ${isolationWish()}`,
        ...trainers.all.map(
          ({ folder, state, logPath }) =>
            `- Trainer of ${folder.uri.fsPath}: ${state ? `process ${state.pid}, ${state.phase}` : 'not running'}; log: ${logPath}`,
        ),
        '',
        '## reinforce doctor',
        '',
        '```',
        await commandLine(node, cli),
        '```',
        '',
      ];
      const content = lines.join('\n');
      if (given !== 'silent') {
        const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
        await vscode.window.showTextDocument(document, { preview: true });
      }
      return content;
    },
  };
}

async function commandLine(node: () => string, cli: string): Promise<string> {
  const model = baseModel();
  const words = [cli, 'doctor', ...(model === undefined ? [] : ['--model', model])];
  try {
    const { execa } = await import('execa');
    const { all } = await execa(node(), words, { all: true, reject: false, timeout });
    return all ?? '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function attempt(action: () => string): string {
  try {
    return action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
