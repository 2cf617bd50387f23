/** The extension's entry: makes the parts and hands each what it needs. */
import * as vscode from 'vscode';
import { ActivePolicies } from './adapters/activePolicy.ts';
import { type Completions, registerCompletions } from './completions/register.ts';

/** What `activate` answers: for tests, and for other extensions to look at. */
export interface ReinforceApi {
  readonly completions: Completions;
}

export function activate(context: vscode.ExtensionContext): ReinforceApi {
  const log = vscode.window.createOutputChannel('Reinforce', { log: true });
  const policies = new ActivePolicies(context.workspaceState);
  const completions = registerCompletions({ context, log, policies, typing: () => {} });
  context.subscriptions.push(log, policies, completions);
  return { completions };
}
