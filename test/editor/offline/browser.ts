import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What we use of playwright-core, which is not installed where the type checker runs. */
export interface Browser {
  newPage(options: { viewport: { width: number; height: number } }): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  readonly mouse: { move(x: number, y: number): Promise<void> };
  goto(url: string): Promise<unknown>;
  locator(selector: string, options?: LocatorOptions): Locator;
  screenshot(options: { path: string }): Promise<unknown>;
  exposeFunction(name: string, callback: (...args: never[]) => unknown): Promise<void>;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'crash', listener: () => void): void;
  setDefaultTimeout(milliseconds: number): void;
}

export interface LocatorOptions {
  readonly hasText?: string | RegExp;
  readonly has?: Locator;
}

export interface Locator {
  first(): Locator;
  last(): Locator;
  locator(selector: string, options?: LocatorOptions): Locator;
  waitFor(options?: {
    state?: 'attached' | 'detached' | 'visible' | 'hidden';
    timeout?: number;
  }): Promise<void>;
  click(options?: { position?: { x: number; y: number }; timeout?: number }): Promise<void>;
  hover(options?: { position?: { x: number; y: number } }): Promise<void>;
  fill(text: string): Promise<void>;
  innerText(): Promise<string>;
  inputValue(): Promise<string>;
  allInnerTexts(): Promise<string[]>;
  count(): Promise<number>;
  isVisible(): Promise<boolean>;
  getAttribute(name: string): Promise<string | null>;
}

interface Playwright {
  readonly chromium: { launch(options: object): Promise<Browser> };
}

const flags = [
  // Chromium refuses its sandbox to root, who runs the containers of most build machines.
  '--no-sandbox',
  ...['--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  // The page can reach nothing but the server under test.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** @param modules the folder that holds playwright-core */
export async function launchBrowser(modules: string, chromium: string): Promise<Browser> {
  const playwright = createRequire(join(modules, 'anchor.js'))('playwright-core') as Playwright;
  return await playwright.chromium.launch({
    executablePath: chromium,
    headless: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: flags,
  });
}

export interface WorkbenchOptions {
  /** `127.0.0.1:PORT` of the server. */
  readonly authority: string;
  readonly folder: string;
  /** Opened at start. */
  readonly files?: readonly string[];
  readonly extension?: string;
  readonly extensionTests?: string;
}

/** The address that opens a folder in the workbench of a VS Code server. */
export function workbenchUrl(options: WorkbenchOptions): string {
  const remote = (path: string) => `vscode-remote://${options.authority}${encodeURI(path)}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  for (const file of options.files ?? []) payload.push(['openFile', remote(file)]);
  if (options.extension !== undefined) payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  if (options.extensionTests !== undefined) {
    payload.push(['extensionTestsPath', remote(options.extensionTests)]);
  }
  const url = new URL(`http://${options.authority}/`);
  url.searchParams.set('folder', options.folder);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
