/**
 * The tests in a real VS Code: a mocha suite inside the extension host, once in a trusted workspace and once
 * in a restricted one, and a script that works the user interface of the packaged extension.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildEditorTests } from './build';
import { findDesktopVSCode } from './desktop';
import { findChromium } from './offline/chromium';
import { installOfflineVSCode, type OfflineVSCode } from './offline/install';
import { runPlaygroundTests } from './playground';
import { runSuite } from './suite-run';
import type { TestCount } from './test-count';
import { runUserInterfaceScript } from './ui/run';

const root = join(import.meta.dirname, '../..');

/**
 * Needs the built extension in `dist/`.
 *
 * @param only the title of the one scenario of the user interface to play; everything, where it is left out.
 */
export async function runEditorTests(only?: string): Promise<TestCount> {
  if (!existsSync(join(root, 'dist/client.cjs')))
    throw new Error('dist/ is missing: run "npm run build" first');
  const desktop = findDesktopVSCode();
  const offline = offlineVSCode();
  if (typeof offline === 'string' && desktop === undefined) return unavailable(offline);
  if (only !== undefined && typeof offline !== 'string')
    return await runUserInterfaceScript(root, offline, only);
  await buildEditorTests(root);
  const counts = [await runSuite(root, desktop ?? offline, 'trusted')];
  if (typeof offline === 'string') counts.push(unavailable(offline));
  else {
    counts.push(await runPlaygroundTests(root, offline));
    counts.push(await runSuite(root, offline, 'restricted'), await runUserInterfaceScript(root, offline));
  }
  return counts.reduce(add);
}

/** A VS Code that needs no download from Microsoft, or why there is none. */
function offlineVSCode(): (OfflineVSCode & { readonly chromium: string }) | string {
  const chromium = findChromium();
  if (chromium === undefined) return 'no Chromium on this machine (set CHROMIUM_PATH)';
  try {
    return { ...installOfflineVSCode(), chromium };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A machine without any VS Code skips these tests aloud; a build machine must have one. */
function unavailable(reason: string): TestCount {
  const inBuild = process.env.CI === 'true';
  const [cause = '', ...details] = reason.split('\n');
  for (const line of details) console.error(line);
  console.error(`!!! EDITOR TESTS ${inBuild ? 'FAILED' : 'SKIPPED'}: no VS Code to run them in: ${cause}`);
  return inBuild ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
}

function add(a: TestCount, b: TestCount): TestCount {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed, skipped } = await runEditorTests(process.argv[2]);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed > 0 ? 1 : 0);
}
