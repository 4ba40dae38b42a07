/**
 * Stands in for the `code` executable that @vscode/test-electron starts: opens the folder in a VS Code server
 * and headless Chromium, lets the workbench run the suite in its (Node) extension host, and exits with the
 * result. It understands the arguments of the desktop's VS Code that matter to a test.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import { type Browser, launchBrowser, type Page, workbenchUrl } from './browser';
import { type LauncherEnvironment, readLauncherEnvironment } from './environment';
import { startServer, type VSCodeServer } from './server';

/** What the workbench itself prints; everything else comes from the suite. */
const chatter =
  /^(Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|Ignoring fetching|ChatSessionStore|\[(Service Worker|reconnection-grace-time))|build\/Release\/watchdog/;

const exitCodes = { cannotStart: 3, crashed: 4, noResult: 7, timeout: 124, interrupted: 130 } as const;

interface Running {
  server?: VSCodeServer;
  browser?: Browser;
}

async function main(): Promise<number> {
  const environment = readLauncherEnvironment();
  const scratch = mkdtempSync(join(tmpdir(), 'qpidha-editor-'));
  const running: Running = {};
  try {
    return await Promise.race([runSuite(environment, scratch, running), interruption()]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return exitCodes.cannotStart;
  } finally {
    await running.browser?.close().catch(() => undefined);
    await running.server?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runSuite(
  environment: LauncherEnvironment,
  scratch: string,
  running: Running,
): Promise<number> {
  const { serverMain, modules, chromium, workspaceTrust } = environment;
  running.server = await startServer({ serverMain, scratch, workspaceTrust, automation: true });
  running.browser = await launchBrowser(modules, chromium);
  const page = await running.browser.newPage({ viewport: { width: 1280, height: 800 } });
  const result = suiteResult(page, environment);
  await listenToAutomation(page, result.exit);
  await page.goto(
    workbenchUrl({
      authority: running.server.authority,
      folder: resolve(argument('') ?? '.'),
      extension: resolve(argument('extensionDevelopmentPath') ?? '.'),
      extensionTests: resolve(argument('extensionTestsPath') ?? '.'),
    }),
  );
  return await result.code;
}

function suiteResult(page: Page, { results, limit }: LauncherEnvironment) {
  let exit: (code: number) => void = () => undefined;
  const code = new Promise<number>((settle) => {
    exit = (reported) => {
      // VS Code reports success too when the extension host dies: only a written result counts.
      if (reported === 0 && !existsSync(results)) {
        console.error('the extension host ended before the suite reported a result');
        settle(exitCodes.noResult);
      } else settle(reported);
    };
    page.on('crash', () => {
      console.error('the page of the workbench crashed');
      settle(exitCodes.crashed);
    });
    setTimeout(() => {
      console.error(`the suite gave no result within ${limit / 1000} s`);
      settle(exitCodes.timeout);
    }, limit).unref();
  });
  return { code, exit: (reported: number) => exit(reported) };
}

/** The two functions that the web workbench calls when they are there. */
async function listenToAutomation(page: Page, exit: (code: number) => void): Promise<void> {
  await page.exposeFunction('codeAutomationExit', exit);
  await page.exposeFunction('codeAutomationLog', (kind: string, args: unknown[]) => {
    const text = format(...args);
    if (chatter.test(text)) return;
    (kind === 'error' || kind === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
  });
}

/** The value of `--name=value`, or with an empty name the first argument that is no option. */
function argument(name: string): string | undefined {
  const prefix = `--${name}=`;
  if (name === '') return process.argv.slice(2).find((text) => !text.startsWith('-'));
  return process.argv.find((text) => text.startsWith(prefix))?.slice(prefix.length);
}

function interruption(): Promise<number> {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => settle(exitCodes.interrupted));
    }
  });
}

const code = await main();
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
