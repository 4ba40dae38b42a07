import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs a real broker on a file and sees whether it starts.
 *
 * The broker runs in a scratch folder of its own, so that relative paths mean the same on every machine, with an
 * environment of nothing but PATH and HOME, and with nothing on its command line that would hide a setting of the
 * file: `--config`, and `--module-dir` where the file says nothing about it, since the broker was not built for the
 * folder that its modules are in.
 *
 * Where it may, it also runs in a network namespace of its own, and every port is free. Elsewhere a port in use is a
 * reason of the machine (machine.ts).
 */
export interface Verdict {
  /** `hung`: it neither ended nor began to serve in time. */
  readonly outcome: 'started' | 'refused' | 'hung';
  /** Its output, without the name of the scratch folder. */
  readonly words: string;
}

export interface Broker {
  readonly executable: string;
  /** A folder with ha.so, amqp.so and linearstore.so. */
  readonly modules: string;
}

/** The broker under test, from QPIDD and QPIDD_MODULES; a complaint where there is none. */
export function brokerFromEnvironment(): Broker | string {
  const { QPIDD: executable, QPIDD_MODULES: modules } = process.env;
  if (executable === undefined || modules === undefined)
    return 'Set QPIDD to a qpidd executable, and QPIDD_MODULES to the folder of its ha.so, amqp.so and linearstore.so.';
  if (waiting === undefined) return `A start cannot be seen on ${process.platform} ${process.arch}.`;
  return { executable, modules };
}

/**
 * Numbers of the system calls in which a broker waits for events. Its main thread is in one when, and only when, it
 * has come up: logs may be switched off, and ports may be any.
 */
const waiting: ReadonlySet<string> | undefined =
  process.platform !== 'linux'
    ? undefined
    : { x64: new Set(['232', '281']), arm64: new Set(['22']) }[process.arch as string];

const ownNetwork = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

/** How long a broker must hold out once it waits for events, and how long it may take until then; ms. */
const grace = 25;
const patience = 15_000;

/** In the environment of a broker and of its daemon. */
const markName = 'QPIDHA_CONFORMANCE';

/** @param hold how long it must hold out to count as started, ms: a timer may end it a moment later. */
export async function tryFile(broker: Broker, bytes: Uint8Array, hold = grace): Promise<Verdict> {
  const verdict = await attempt(broker, bytes, [], hold);
  if (verdict.outcome !== 'refused' || /critical|error|exception/i.test(verdict.words)) return verdict;
  // The file silences the log: the words are heard with it forced, the verdict stands.
  const louder = await attempt(broker, bytes, loud, hold);
  return { outcome: verdict.outcome, words: verdict.words + louder.words };
}

const loud: readonly string[] = [
  '--log-to-stderr=yes',
  '--log-enable=notice+',
  '--log-disable=trace',
  // A daemon has no other output any more when it gives up.
  '--log-to-file=words',
];

/** Brokers that run now, with the mark of each: an interrupted run must not leave them behind. */
const running = new Map<ChildProcess, { readonly scratch: string; readonly mark: string }>();

process.once('exit', () => {
  for (const [child, { scratch, mark }] of running) {
    child.kill('SIGKILL');
    killMarked(mark);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
  }
});

async function attempt(
  broker: Broker,
  bytes: Uint8Array,
  more: readonly string[],
  hold: number,
): Promise<Verdict> {
  const scratch = makeScratch(broker, bytes);
  const mark = `${process.pid}.${scratch}`;
  // Into a file: a pipe of Node.js is a socket, which socket-fd=1 would take.
  const output = openSync(join(scratch, 'output'), 'a');
  const [command = '', ...rest] = commandLine(broker, bytes, more);
  const child = spawn(command, rest, {
    cwd: scratch,
    env: { PATH: process.env.PATH, HOME: join(scratch, 'home'), [markName]: mark },
    stdio: ['ignore', output, output],
  });
  running.set(child, { scratch, mark: `${markName}=${mark}` });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  try {
    const outcome = await watch(child.pid ?? 0, ended, hold);
    const words = textOf(join(scratch, 'words')) + textOf(join(scratch, 'output'));
    return { outcome, words: words.replaceAll(scratch, '.') };
  } finally {
    child.kill('SIGKILL');
    await ended;
    if (Buffer.from(bytes).includes('daemon')) killMarked(`${markName}=${mark}`);
    closeSync(output);
    running.delete(child);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'latin1').slice(0, 20_000) : '';
}

function commandLine({ executable }: Broker, bytes: Uint8Array, more: readonly string[]): readonly string[] {
  const ownDirectory = /(?:^|\n)module-dir=/.test(Buffer.from(bytes).toString('latin1'));
  const modules = ownDirectory ? [] : ['--module-dir', 'lib/qpid/daemon'];
  const line = [executable, '--config', 'qpidd.conf', ...modules, ...more];
  return ownNetwork ? ['unshare', '-n', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', ...line] : line;
}

async function watch(pid: number, ended: Promise<number | null>, hold: number): Promise<Verdict['outcome']> {
  let code: number | null | undefined;
  const end = ended.then((value) => {
    code = value;
  });
  for (const until = Date.now() + patience; Date.now() < until; ) {
    await Promise.race([end, pause(4)]);
    if (code === undefined && isServing(pid)) {
      await Promise.race([end, pause(hold)]);
      if (code === undefined) return 'started';
    }
    // The parent of a daemon ends well when its child has come up.
    if (code !== undefined) return code === 0 ? 'started' : 'refused';
  }
  return 'hung';
}

function isServing(pid: number): boolean {
  try {
    return waiting?.has(readFileSync(`/proc/${pid}/syscall`, 'latin1').split(' ')[0] ?? '') === true;
  } catch {
    return false;
  }
}

/** Ends daemons, which have left our family: they are known by a mark in their environment. */
function killMarked(mark: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const marks = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
      if (marks.includes(mark)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended, or is not ours.
    }
  }
}

const acl = 'acl allow all all\n';
const sasl = 'mech_list: ANONYMOUS PLAIN\n';

function makeScratch({ modules }: Broker, bytes: Uint8Array): string {
  const scratch = mkdtempSync(join(tmpdir(), 'qpidha-conformance-'));
  for (const folder of ['home/.qpidd', 'dir', 'other', 'sasl', 'lib/qpid'])
    mkdirSync(join(scratch, folder), { recursive: true });
  symlinkSync(modules, join(scratch, 'lib/qpid/daemon'));
  writeFileSync(join(scratch, 'file'), 'a file\n');
  // A relative path of an ACL file starts at the data directory, where there is one.
  for (const folder of ['.', 'home/.qpidd']) {
    writeFileSync(join(scratch, folder, 'acl.txt'), acl);
    writeFileSync(join(scratch, folder, 'bad.acl'), 'no such rule\n');
  }
  writeFileSync(join(scratch, 'sasl/qpidd.conf'), sasl);
  writeFileSync(join(scratch, 'qpidd.conf'), bytes);
  return scratch;
}
