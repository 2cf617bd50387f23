/** `npm run build`: bundles the command line, the background processes and the extension into dist/. */
import { chmod, cp, readdir, rm } from 'node:fs/promises';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { shippedPackages } from './packaging/shippedPackages.ts';

const dist = 'dist';

await rm(dist, { recursive: true, force: true });
const shared: BuildOptions = {
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: shippedPackages,
  // Where a package has both forms, the one that needs no `require`.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};
/** Packages in CommonJS form ask for Node's own modules by `require`, which a module has to make for itself. */
const requireInModules = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);`;
await build({
  ...shared,
  // The probe and the background processes are started by their names beside the bundle.
  entryPoints: {
    reinforce: 'trainer/cli.ts',
    deviceProbe: 'trainer/graph/deviceProbe.ts',
    trainer: 'trainer/main.ts',
    completionServer: 'trainer/completion/main.ts',
    sandboxHost: 'sandbox/frameworks/host.ts',
  },
  // The launcher must be parsed by older Node versions than what it imports, which is therefore in other files.
  splitting: true,
  chunkNames: '[name]-[hash]',
  banner: { js: requireInModules },
  sourcemap: true,
});
// What the extension host loads is one file with all that it imports, since VS Code brings nothing but `vscode`; only what few
// commands need lies beside it, so that a window that opens has less to read.
const inHost: BuildOptions = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
};
const apart: Plugin = {
  name: 'apart',
  setup: ({ onResolve }) => onResolve({ filter: /^execa$/ }, () => ({ path: './execa.cjs', external: true })),
};
await build({
  ...inHost,
  outfile: `${dist}/extension.cjs`,
  entryPoints: ['extension/main.ts'],
  external: ['vscode'],
  plugins: [apart],
  sourcemap: true,
});
await build({ ...inHost, outfile: `${dist}/execa.cjs`, entryPoints: ['execa'] });
// The panel's page: a script, a style and the icons' font.
await build({
  outdir: dist,
  entryPoints: { panel: 'extension/panel/view/main.ts' },
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'chrome120',
  minify: true,
  sourcemap: 'linked',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  logLevel: 'warning',
});
// Started anew with each panel, so it is one file too: loading its packages from theirs takes several times as long.
await build({
  outfile: `${dist}/runReader.cjs`,
  entryPoints: ['trainer/runs/main.ts'],
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  logLevel: 'warning',
});
// Handed to Node as text, so it is one file that imports nothing.
await build({ ...shared, entryPoints: ['sandbox/frameworks/nodeTestRunner.ts'] });
const runners = ['vitestRunner', 'jestRunner', 'mochaRunner'];
await build({ ...shared, entryPoints: runners.map((name) => `sandbox/frameworks/scripts/${name}.ts`) });
// So is what is handed to Python.
const python = 'sandbox/frameworks/python';
for (const file of await readdir(python)) {
  if (file.endsWith('.py')) await cp(`${python}/${file}`, `${dist}/${file}`);
}
await chmod(`${dist}/reinforce.js`, 0o755);
