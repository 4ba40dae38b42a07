// Bundles the three doors into dist/: the extension's client, its language server, and the command line.
import { chmod } from 'node:fs/promises';
import { build } from 'esbuild';

const quiet = process.argv.includes('--quiet');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  logLevel: quiet ? 'warning' : 'info',
  // Both packages offer UMD first, which cannot be bundled.
  mainFields: ['module', 'main'],
};

await Promise.all([
  build({
    ...common,
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/client.cjs',
    external: ['vscode'],
  }),
  build({ ...common, entryPoints: ['server/lsp/main.ts'], outfile: 'dist/server.cjs' }),
  build({
    ...common,
    entryPoints: ['server/cli/main.ts'],
    outfile: 'dist/cli.cjs',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
await chmod('dist/cli.cjs', 0o755);
