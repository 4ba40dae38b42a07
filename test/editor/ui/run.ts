import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, workbenchUrl } from '../offline/browser';
import type { OfflineVSCode } from '../offline/install';
import { installExtension, startServer } from '../offline/server';
import type { TestCount } from '../test-count';
import { editingScenario } from './editing';
import { loginScenario } from './logins';
import { restrictedScenario } from './restricted';
import type { Scenario, Stage } from './scenario';
import { tasksScenario } from './tasks';
import { trustedScenario } from './trusted';
import { verbsScenario } from './verbs';
import { Workbench } from './workbench';

const scenarios: readonly Scenario[] = [
  trustedScenario,
  verbsScenario,
  tasksScenario,
  editingScenario,
  loginScenario,
  restrictedScenario,
];

/**
 * Packages the extension, installs it as a user would, and works it with mouse and keyboard.
 *
 * @param only the title of the one scenario to play; all, where it is left out.
 */
export async function runUserInterfaceScript(
  root: string,
  offline: OfflineVSCode & { readonly chromium: string },
  only?: string,
): Promise<TestCount> {
  const screenshots = join(root, 'artifacts');
  mkdirSync(screenshots, { recursive: true });
  const vsix = packageExtension(root);
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const scenario of scenarios.filter(({ title }) => only === undefined || title === only)) {
    console.log(`\n── user interface, ${scenario.title}`);
    await playScenario(root, offline, vsix, screenshots, scenario, count);
  }
  return count;
}

function packageExtension(root: string): string {
  const vsix = join(root, 'out/editor/qpid-ha.vsix');
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const result = spawnSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], {
    cwd: root,
    encoding: 'utf8',
  });
  if (result.status !== 0)
    throw new Error(`the extension cannot be packaged\n${result.stdout}${result.stderr}`);
  return vsix;
}

async function playScenario(
  root: string,
  { serverMain, modules, chromium }: OfflineVSCode & { readonly chromium: string },
  vsix: string,
  screenshots: string,
  scenario: Scenario,
  count: { passed: number; failed: number; skipped: number },
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'qpidha-ui-'));
  const folder = join(scratch, 'workspace');
  cpSync(join(root, 'test/editor/workspace'), folder, { recursive: true });
  const options = { serverMain, scratch, workspaceTrust: scenario.workspaceTrust, automation: false };
  installExtension(options, vsix);
  const [server, browser] = await Promise.all([startServer(options), launchBrowser(modules, chromium)]);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    await page.goto(workbenchUrl({ authority: server.authority, folder }));
    const workbench = new Workbench(page, screenshots);
    await workbench.ready();
    await playSteps({ workbench, folder }, scenario, count);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Each step builds on the one before, so those after a failure are not tried. */
async function playSteps(
  stage: Stage,
  { title, steps, prepare }: Scenario,
  count: { passed: number; failed: number; skipped: number },
): Promise<void> {
  const release = await prepare(stage);
  try {
    let number = 0;
    for (const [sentence, play] of Object.entries(steps)) {
      number += 1;
      try {
        await play(stage);
        console.log(`  ✔ ${sentence}`);
        count.passed += 1;
      } catch (error) {
        console.log(`  ✘ ${sentence}`);
        console.error(error);
        await stage.workbench.screenshot(`failed-${title.replaceAll(' ', '-')}`).catch(() => undefined);
        count.failed += 1;
        count.skipped += Object.keys(steps).length - number;
        break;
      }
    }
  } finally {
    await release();
  }
}
