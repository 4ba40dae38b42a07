/** The command line as a user runs it: a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../server/cli/main.ts');

/** What starts it, as words of a shell. */
export const commandWords = [process.execPath, '--import', import.meta.resolve('tsx'), main] as const;

/** Whatever runs the tests, the command line is on its own. */
export const noPlatform = {
  GITHUB_ACTIONS: '',
  GITHUB_STEP_SUMMARY: '',
  GITHUB_WORKSPACE: '',
  CI_PROJECT_DIR: '',
} as const;

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What comes through the standard input; left out, that is empty. */
  readonly input?: string;
}

export function qpidha(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawnCommand(args, options);
  child.stdin?.end(options.input);
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

export function spawnCommand(args: readonly string[], options: RunOptions = {}): ChildProcess {
  const [node, ...words] = commandWords;
  return spawn(node, [...words, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...noPlatform, NO_COLOR: '1', ...options.environment },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
}
