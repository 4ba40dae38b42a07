/** What the test run tells the launcher that @vscode/test-electron starts for it. */
export interface LauncherEnvironment {
  readonly serverMain: string;
  readonly modules: string;
  readonly chromium: string;
  /** Where the suite writes its counts. */
  readonly results: string;
  readonly workspaceTrust: boolean;
  /** Milliseconds for the whole suite. */
  readonly limit: number;
}

const variable = 'QPIDHA_EDITOR_LAUNCHER';

export function writeLauncherEnvironment(environment: LauncherEnvironment): Record<string, string> {
  return { [variable]: JSON.stringify(environment) };
}

export function readLauncherEnvironment(): LauncherEnvironment {
  const text = process.env[variable];
  if (text === undefined) throw new Error(`${variable} is not set: start the editor tests with "npm test"`);
  return JSON.parse(text) as LauncherEnvironment;
}
