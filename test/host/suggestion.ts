import * as vscode from 'vscode';
import type { Outcome } from '../../extension/completions/outcome.ts';
import type { Completions } from '../../extension/completions/register.ts';
import { eventually } from './eventually.ts';

const passing = ['superseded', 'cancelled'];

/**
 * Types a letter, takes it back, and asks for a suggestion as a person does who presses the key for it: VS Code asks no
 * provider twice about the same text.
 */
export async function askForSuggestion(completions: Completions): Promise<Outcome> {
  const before = completions.outcomes.length;
  await vscode.commands.executeCommand('type', { text: 'x' });
  await vscode.commands.executeCommand('deleteLeft');
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  const isLast = (outcome: Outcome) => outcome.kind === 'suggestion' || !passing.includes(outcome.why);
  return eventually('an outcome', () => completions.outcomes.slice(before).findLast(isLast));
}

/** Asks until there is a suggestion; answers its text. */
export async function suggestedText(completions: Completions): Promise<string> {
  return eventually('a suggestion', async () => {
    const outcome = await askForSuggestion(completions);
    return outcome.kind === 'suggestion' ? outcome.text : undefined;
  });
}
