import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Where the built tests go; ignored by git. */
export const outputFolder = 'out/editor';

/** Bundles the suite, which VS Code loads, and the launcher, which @vscode/test-electron starts. */
export async function buildEditorTests(root: string): Promise<void> {
  const folder = join(root, 'test/editor');
  const common = { bundle: true, platform: 'node', target: 'node20', sourcemap: 'inline' } as const;
  const launcher = join(root, outputFolder, 'launcher.mjs');
  await Promise.all([
    build({
      ...common,
      format: 'cjs',
      entryPoints: [join(folder, 'suite/index.ts')],
      outfile: join(root, outputFolder, 'suite.cjs'),
      external: ['vscode', 'mocha'],
      mainFields: ['module', 'main'],
      logLevel: 'warning',
    }),
    build({
      ...common,
      format: 'esm',
      entryPoints: [join(folder, 'offline/launcher.ts')],
      outfile: launcher,
      banner: { js: '#!/usr/bin/env node' },
      logLevel: 'warning',
    }),
  ]);
  await chmod(launcher, 0o755);
}
