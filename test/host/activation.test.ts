import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { declaredCommands, extension } from './extension.ts';

describe('activation', () => {
  it('succeeds', async () => {
    await extension().activate();
  });

  it('registers every command that the manifest declares', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    deepEqual(
      declaredCommands().filter((command) => !registered.has(command)),
      [],
    );
  });
});
