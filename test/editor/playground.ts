/** The page on which the linter can be tried, in a real browser: opened from the disk, without any server. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { launchBrowser, type Page } from './offline/browser';
import type { OfflineVSCode } from './offline/install';
import type { TestCount } from './test-count';

export async function runPlaygroundTests(
  root: string,
  { modules, chromium }: OfflineVSCode & { readonly chromium: string },
): Promise<TestCount> {
  console.log('\n── the page to try the linter on');
  const made = spawnSync(process.execPath, [join(root, 'docs/playground/build.mjs')], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`the page cannot be built\n${made.stdout}${made.stderr}`);
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  const browser = await launchBrowser(modules, chromium);
  const count = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const [title, step] of Object.entries(steps)) {
      const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
      page.setDefaultTimeout(20_000);
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(pathToFileURL(join(root, 'out/playground/index.html')).href);
      try {
        await step(page, root);
        assert.deepEqual(errors, []);
        count.passed += 1;
        console.log(`  ✔ ${title}`);
      } catch (error) {
        count.failed += 1;
        console.error(`  ✘ ${title}`, error);
      }
    }
  } finally {
    await browser.close();
  }
  return count;
}

const steps: Readonly<Record<string, (page: Page, root: string) => Promise<void>>> = {
  'shows what is wrong across files, and why': async (page, root) => {
    await page.locator('h2', { hasText: '2 errors' }).waitFor();
    await page.locator('.cm-lintRange-error').first().waitFor();
    await page.locator('summary', { hasText: 'Why' }).first().click();
    await page.screenshot({ path: join(root, 'artifacts/90-playground.png') });
    assert.deepEqual(await page.locator('li a').allInnerTexts(), [
      'ha/queue-replication-off',
      'ha/queue-replication-off',
    ]);
  },
  'explains an option': async (page, root) => {
    await page
      .locator('.cm-line', { hasText: 'link-heartbeat' })
      .first()
      .hover({ position: { x: 40, y: 8 } });
    await page.locator('.cm-tooltip', { hasText: 'Heartbeat of outgoing links' }).waitFor();
    await page.screenshot({ path: join(root, 'artifacts/91-playground-hover.png') });
  },
  'shows the example where a link holds what cannot be files': async (page, root) => {
    const pageUrl = pathToFileURL(join(root, 'out/playground/index.html')).href;
    for (const files of ['{"\\ud800/qpidd.conf":"prt=1"}', '{"":"prt=1"}', '[1]', '{"a":1}', 'no JSON']) {
      const packed = deflateRawSync(files).toString('base64url');
      await page.goto('about:blank');
      await page.goto(`${pageUrl}#files=${packed}`);
      await page.locator('h2', { hasText: '2 errors' }).waitFor();
    }
  },
  'fixes, and checks what is typed': async (page, root) => {
    await page.locator('#fix-all').click();
    await page.locator('h2', { hasText: 'No problems.' }).waitFor();
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('ha-b');
    await page.locator('.cm-tooltip-autocomplete', { hasText: 'ha-brokers-url' }).waitFor();
    await page.locator('h2', { hasText: '1 error' }).waitFor();
    await page.screenshot({ path: join(root, 'artifacts/92-playground-completion.png') });
  },
};
