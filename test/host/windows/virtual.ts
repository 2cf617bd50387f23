import { deepEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { runMocha } from '../mocha.ts';

export const run = () => {
  deepEqual(
    vscode.workspace.workspaceFolders?.map(({ uri }) => uri.scheme),
    ['reinforce-test'],
  );
  return runMocha(() => import('../activation.test.ts'));
};
