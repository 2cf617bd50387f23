/** The three rooms (extension → trainer → sandbox) and who may look into which. */
module.exports = {
  forbidden: [
    {
      name: 'sandbox-imports-neither',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(trainer|extension)/' },
    },
    {
      name: 'trainer-does-not-import-extension',
      severity: 'error',
      from: { path: '^trainer/' },
      to: { path: '^extension/' },
    },
    {
      name: 'extension-reaches-trainer-by-protocol-alone',
      severity: 'error',
      from: { path: '^extension/' },
      to: { path: '^(trainer/(?!protocol\\.ts$)|sandbox/)' },
    },
    {
      name: 'only-extension-imports-vscode',
      severity: 'error',
      from: { path: '^(trainer|sandbox)/' },
      to: { path: '^vscode$' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true },
};
