/** `npm run build`: bundles what runs outside of VS Code into dist/. Packages stay in node_modules. */
import { chmod, rm } from 'node:fs/promises';
import { type BuildOptions, build } from 'esbuild';

const dist = 'dist';

await rm(dist, { recursive: true, force: true });
const shared: BuildOptions = {
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  logLevel: 'warning',
};
await build({
  ...shared,
  // The probe is started as a process of its own, by its name beside the bundle.
  entryPoints: { reinforce: 'trainer/cli.ts', deviceProbe: 'trainer/graph/deviceProbe.ts' },
  // The launcher must be parsed by older Node versions than what it imports, which is therefore in other files.
  splitting: true,
  chunkNames: '[name]-[hash]',
  sourcemap: true,
});
// Handed to Node as text, so it is one file that imports nothing.
await build({ ...shared, entryPoints: ['sandbox/frameworks/nodeTestRunner.ts'] });
await chmod(`${dist}/reinforce.js`, 0o755);
