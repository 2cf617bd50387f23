import * as vscode from 'vscode';
import type { FolderRuns } from '../runs/folderRuns.ts';
import { isAdapter } from '../runs/runFiles.ts';
import type { ActivePolicies } from './activePolicy.ts';

/** Goes back to the base model when the adapter in use was removed, as with its run, and says so. */
export async function leaveMissingAdapter(
  policies: ActivePolicies,
  runs: FolderRuns,
): Promise<'gone' | 'there'> {
  const { adapter, label } = policies.current;
  if (adapter === undefined || (await isAdapter(adapter))) return 'there';
  // A new best adapter takes the place of the one before by two renames: look again after the runs were read anew.
  await runs.refresh();
  if (policies.current.adapter !== adapter || (await isAdapter(adapter))) return 'there';
  await policies.useBase();
  void vscode.window.showWarningMessage(
    vscode.l10n.t('The adapter {0} is not there any more, so completions come from the base model.', label),
  );
  return 'gone';
}
