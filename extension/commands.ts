import * as vscode from 'vscode';

export type CommandHandlers = Readonly<Record<string, (...given: unknown[]) => unknown>>;

/**
 * Registers commands. What goes wrong in one is told as one message with the log beside it, and answered as `{error}`, so that
 * whoever calls it by program knows; a cancellation is neither.
 */
export function registerCommands(handlers: CommandHandlers, log: vscode.LogOutputChannel): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...given: unknown[]) => {
      try {
        return await handler(...given);
      } catch (error) {
        if (error instanceof vscode.CancellationError) return undefined;
        const message = error instanceof Error ? error.message : String(error);
        log.error(`${id}: ${error instanceof Error ? (error.stack ?? message) : message}`);
        void tell(message, log);
        return { error: message };
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

async function tell(message: string, log: vscode.LogOutputChannel): Promise<void> {
  const show = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(message, show)) === show) log.show();
}
