// Bundles the three doors into dist/: the extension's client, its language server, and the command line.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const quiet = process.argv.includes('--quiet');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  logLevel: quiet ? 'warning' : 'info',
  // Some packages offer UMD first, which cannot be bundled.
  mainFields: ['module', 'main'],
};

/** VS Code loads CommonJS. @type {import('esbuild').BuildOptions} */
const extension = { ...common, format: 'cjs' };

/** Split, so that a command loads only what it needs. @type {import('esbuild').BuildOptions} */
const commandLine = {
  ...common,
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[hash]',
  // For the packages that are CommonJS and require Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...extension,
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/client.cjs',
    external: ['vscode'],
  }),
  build({ ...extension, entryPoints: ['server/lsp/main.ts'], outfile: 'dist/server.cjs' }),
  build({ ...commandLine, entryPoints: { qpidha: 'server/cli/main.ts' }, outdir: 'dist/cli' }),
]);
chmodSync('dist/cli/qpidha.js', 0o755);
