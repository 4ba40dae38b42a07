import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { outputFolder } from './build';
import { writeLauncherEnvironment } from './offline/environment';
import type { OfflineVSCode } from './offline/install';
import type { TestCount } from './test-count';

export type WorkspaceMode = 'trusted' | 'restricted';

/** Runs the mocha suite in the extension host of a desktop VS Code (a path) or of the offline one. */
export async function runSuite(
  root: string,
  host: string | (OfflineVSCode & { readonly chromium: string }),
  mode: WorkspaceMode,
): Promise<TestCount> {
  const scratch = mkdtempSync(join(tmpdir(), 'qpidha-suite-'));
  const workspace = join(scratch, 'workspace');
  const results = join(scratch, 'results.json');
  // The tests edit their files.
  cpSync(join(root, 'test/editor/workspace'), workspace, { recursive: true });
  const desktop = typeof host === 'string';
  const launcher = desktop
    ? {}
    : writeLauncherEnvironment({ ...host, results, workspaceTrust: mode === 'restricted', limit: 180_000 });
  console.log(`\n── mocha, ${mode} workspace, ${desktop ? 'desktop' : 'offline'} VS Code`);
  try {
    await runTests({
      vscodeExecutablePath: desktop ? host : join(root, outputFolder, 'launcher.mjs'),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, outputFolder, 'suite.cjs'),
      launchArgs: [workspace, `--user-data-dir=${join(scratch, 'user')}`, '--disable-extensions'],
      extensionTestsEnv: {
        ...launcher,
        QPIDHA_EDITOR_RESULTS: results,
        QPIDHA_EDITOR_MODE: mode,
      },
    });
  } catch (error) {
    // The suite's own failures are counted below.
    if (!existsSync(results)) console.error(error instanceof Error ? error.message : error);
  }
  const count = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as TestCount) : undefined;
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  if (count !== undefined && count.passed + count.failed > 0) return count;
  console.error(`the ${mode} suite reported no result`);
  return { passed: 0, failed: 1, skipped: 0 };
}
