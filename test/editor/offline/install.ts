import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** An installed VS Code server, as it ships inside the npm package code-server. */
export interface OfflineVSCode {
  /** `server-main.js`: the server itself, without code-server's own wrapper. */
  readonly serverMain: string;
  /** A `node_modules` folder that holds playwright-core. */
  readonly modules: string;
}

const packageFolder = join(import.meta.dirname, '..');

/**
 * Installs the VS Code server and the browser driver once for every lock file and way of doing it, into a cache outside the
 * checkout, and says where they are. Throws with npm's words when the registry cannot be reached.
 *
 * code-server's own install scripts do not run: they download from GitHub and compile what no test needs.
 */
export function installOfflineVSCode(): OfflineVSCode {
  const root = join(cacheFolder(), cacheKey());
  if (!existsSync(join(root, '.ready'))) install(root);
  return describe(root);
}

function describe(root: string): OfflineVSCode {
  const modules = join(root, 'node_modules');
  return { modules, serverMain: join(modules, 'code-server/lib/vscode/out/server-main.js') };
}

function cacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return join(caches, 'qpid-ha', 'editor-tests');
}

function cacheKey(): string {
  const made = createHash('sha256');
  for (const file of [join(packageFolder, 'package-lock.json'), join(import.meta.dirname, 'install.ts')]) {
    made.update(readFileSync(file));
  }
  return `${made.digest('hex').slice(0, 16)}-node${process.versions.node.split('.')[0]}`;
}

function install(root: string): void {
  console.log('Installing the offline VS Code (once a machine, about 320 MB)…');
  const partial = `${root}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      copyFileSync(join(packageFolder, file), join(partial, file));
    }
    npm(partial, 'ci');
    const server = join(partial, 'node_modules/code-server/lib/vscode');
    // The server's own lock file is out of step with its package.json, so `npm ci` refuses it.
    npm(server, 'install', '--omit=dev', '--ignore-scripts');
    placeRipgrep(partial, server);
    compile(server, '@vscode/spdlog', 'log files');
    compile(server, 'node-pty', 'terminals');
    symlinkSync('node_modules', join(server, 'node_modules.asar'));
    writeFileSync(join(partial, '.ready'), '');
    rmSync(root, { recursive: true, force: true });
    renameSync(partial, root);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Puts the binary where the server looks for it; its own package would download one. */
function placeRipgrep(partial: string, server: string): void {
  const binary = join(partial, 'node_modules/@vscode/ripgrep-linux-x64/bin/rg');
  if (!existsSync(binary)) return;
  const folder = join(server, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(folder, { recursive: true });
  copyFileSync(binary, join(folder, 'rg'));
}

/** Where there is no compiler the server complains of it, and does without. */
function compile(server: string, module: string, what: string): void {
  try {
    npm(server, 'rebuild', module, '--ignore-scripts=false');
  } catch {
    // Some fail after they are built: by a script that tests what a download would bring.
    const built = join(server, 'node_modules', module, 'build/Release');
    if (existsSync(built) && readdirSync(built).some((file) => file.endsWith('.node'))) return;
    console.log(`VS Code will run without ${what}: the module ${module} could not be compiled.`);
  }
}

function npm(folder: string, ...args: readonly string[]): void {
  const quickly = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  const result = spawnSync('npm', [...args, ...quickly, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: { ...withoutOuterNpm(process.env), JOBS: 'max' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    throw new Error(`npm ${args[0]} failed in ${folder}\n${result.stdout ?? ''}${result.stderr ?? ''}`);
  }
}

/** What `npm test` sets for its own package must not reach another one; cache and registry settings may. */
function withoutOuterNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const outer =
    /^npm_(package|lifecycle)_|^npm_config_(prefix|local_prefix|global|workspace|omit|include|ignore_scripts)/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !outer.test(name)));
}
