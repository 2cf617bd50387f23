/** Settings that keep VS Code quiet: nothing that opens, suggests or calls home by itself. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'editor.quickSuggestions': { comments: 'off', other: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'js/ts.tsserver.automaticTypeAcquisition.enabled': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** With trust asked for, folders stay untrusted, since the question is never put. */
export function trustSettings(trusted: boolean): Readonly<Record<string, unknown>> {
  return trusted
    ? { 'security.workspace.trust.enabled': false }
    : {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
      };
}

/** Built-in extensions that no test needs. One with a part for browsers cannot be left out: the page would miss it. */
export const skippedExtensions = [
  'github.copilot-chat',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'vscode.debug-auto-launch',
  'vscode.debug-server-ready',
  'vscode.git',
  'vscode.github',
  'vscode.grunt',
  'vscode.gulp',
  'vscode.jake',
  'vscode.microsoft-authentication',
  'vscode.php-language-features',
  'vscode.terminal-suggest',
  'vscode.tunnel-forwarding',
];
