import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface ServerOptions {
  readonly serverMain: string;
  /** Everything that this server and its extensions write goes below it. */
  readonly scratch: string;
  /** Without it every folder is trusted, and no dialog asks. */
  readonly workspaceTrust: boolean;
  /** The workbench runs a test suite named in its address, and shows no dialog at its start. */
  readonly automation: boolean;
}

export interface VSCodeServer {
  /** `127.0.0.1:PORT` */
  readonly authority: string;
  /** Ends the server and all that it started. */
  stop(): Promise<void>;
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'files.autoSave': 'off',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
};

/** No marketplace: the server would ask open-vsx.org again and again. */
const environment = { ...process.env, NODE_OPTIONS: '', EXTENSIONS_GALLERY: '{}' };

export function installExtension(options: ServerOptions, vsix: string): void {
  const result = spawnSync(
    process.execPath,
    [options.serverMain, '--accept-server-license-terms', ...folders(options), '--install-extension', vsix],
    { env: environment, encoding: 'utf8' },
  );
  if (result.status !== 0) throw new Error(`VS Code refused ${vsix}\n${result.stdout}${result.stderr}`);
}

/** Starts the server on a free loopback port. Throws with its output when it does not come up. */
export async function startServer(options: ServerOptions): Promise<VSCodeServer> {
  writeSettings(options);
  const server = spawn(
    process.execPath,
    [
      options.serverMain,
      ...[
        '--host',
        '127.0.0.1',
        '--port',
        '0',
        '--without-connection-token',
        '--accept-server-license-terms',
      ],
      ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-update-check'],
      '--disable-getting-started-override',
      ...(options.automation ? ['--enable-smoke-test-driver'] : []),
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...folders(options),
    ],
    // A process group of its own: a hung extension host outlives its server otherwise.
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const port = await listeningPort(server);
  return { authority: `127.0.0.1:${port}`, stop: () => stop(server) };
}

function folders({ scratch }: ServerOptions): readonly string[] {
  return [
    ...['--server-data-dir', join(scratch, 'server')],
    ...['--user-data-dir', join(scratch, 'user')],
    ...['--extensions-dir', join(scratch, 'extensions')],
  ];
}

/** code-server keeps the user's settings beside the server, not in the browser. */
function writeSettings({ scratch, workspaceTrust, automation }: ServerOptions): void {
  const file = join(scratch, 'user/User/settings.json');
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const trust = {
    'security.workspace.trust.enabled': workspaceTrust,
    'security.workspace.trust.startupPrompt': automation ? 'never' : 'always',
  };
  writeFileSync(file, JSON.stringify({ ...quietSettings, ...trust }));
}

async function listeningPort(server: ChildProcess): Promise<number> {
  let output = '';
  return await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', () => reject(new Error(`the VS Code server did not start\n${output}`)));
    server.once('error', reject);
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    signalGroup(server, 'SIGTERM');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
  }
  signalGroup(server, 'SIGKILL');
}

function signalGroup(server: ChildProcess, signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  try {
    process.kill(-server.pid, signal);
  } catch {
    // Nothing is left of the group.
  }
}
