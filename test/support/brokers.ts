/**
 * Brokers to test against: embedded ones, and real qpidd processes where `QPIDD` names the executable and
 * `QPIDD_MODULES` the folder of its modules. The same suite runs on both.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEndpoint } from '../../server/address/endpoint';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection, Credentials } from '../../server/amqp/contract';
import { AccessControl } from '../../server/embedded-broker/access';
import { startEmbeddedBroker } from '../../server/embedded-broker/embedded-broker';
import { defaultSettings } from '../../server/embedded-broker/settings';
import { Store } from '../../server/embedded-broker/store';
import type { BrokerRef } from '../../server/replication/contract';

export type BrokerKind = 'embedded' | 'qpidd';

/** The kinds that can be tested here. */
export const brokerKinds: readonly BrokerKind[] =
  process.env.QPIDD === undefined ? ['embedded'] : ['embedded', 'qpidd'];

export interface BrokerOptions {
  readonly name: string;
  /** Default true. */
  readonly queueReplication?: boolean;
  /** Default 500. */
  readonly maxConnections?: number;
  /** `ha-brokers-url` of the cluster that the broker is to join; its port must be one of those. */
  readonly cluster?: string;
  /** Lines of an ACL file. Every user is `anonymous@QPID`. */
  readonly acl?: readonly string[];
  /** More options of a real broker, or others than the usual ones: `--auth=yes`. */
  readonly args?: readonly string[];
  /** Of the test's own connection. */
  readonly credentials?: Credentials;
  /** Whether durable queues and messages outlive a restart. */
  readonly store?: boolean;
  /** A free one without. */
  readonly port?: number;
}

export interface TestBroker {
  readonly kind: BrokerKind;
  readonly port: number;
  readonly ref: BrokerRef;
  /** A connection of the test's own, opened once and closed with the broker. */
  connection(): Promise<BrokerConnection>;
  /** Ends the broker at once, without a word to its peers. */
  stop(): Promise<void>;
  /**
   * Ends it and starts it again, on the same port and with its store, if it has one. A real broker that is
   * killed may find messages again that were consumed shortly before.
   */
  restart(how?: 'kill' | 'shut down'): Promise<void>;
  /** Stops and continues the process: a broker that hangs. Real brokers only. */
  readonly freeze: (() => void) | undefined;
  readonly thaw: (() => void) | undefined;
}

/** A running broker. */
export async function startBroker(kind: BrokerKind, options: BrokerOptions): Promise<TestBroker> {
  const start = servers[kind](options);
  let server = await start(options.port ?? 0);
  const { port } = server;
  const { credentials } = options;
  const ref = toRef(options.name, port);
  let opened: Promise<BrokerConnection> | undefined;
  const stop = async (how: 'kill' | 'shut down'): Promise<void> => {
    await (await opened?.catch(() => undefined))?.close();
    opened = undefined;
    await server.stop(how);
  };
  return {
    kind,
    port,
    ref,
    connection() {
      opened ??= connect({ ...ref, ...(credentials === undefined ? {} : { credentials }) });
      return opened;
    },
    stop: () => stop('kill'),
    async restart(how = 'kill') {
      await stop(how);
      server = await start(port);
    },
    freeze: server.freeze && (() => server.freeze?.()),
    thaw: server.thaw && (() => server.thaw?.()),
  };
}

/** A port that is free now, for brokers that must know each other's before they start. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export function toRef(name: string, port: number): BrokerRef {
  const parsed = parseEndpoint(`127.0.0.1:${port}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { name, endpoint: parsed.endpoint };
}

interface Server {
  readonly port: number;
  stop(how: 'kill' | 'shut down'): Promise<void>;
  readonly freeze?: () => void;
  readonly thaw?: () => void;
}

/** Starts it, the first time or again, on a port; 0: any free one. */
type Start = (port: number) => Promise<Server>;

const servers: Readonly<Record<BrokerKind, (options: BrokerOptions) => Start>> = {
  embedded: startEmbedded,
  qpidd: startQpidd,
};

function startEmbedded(options: BrokerOptions): Start {
  const { queueReplication = true, maxConnections = 500, cluster, acl } = options;
  const store = options.store ? new Store() : undefined;
  return async (port) => {
    const broker = await startEmbeddedBroker({
      ...(store === undefined ? {} : { store }),
      settings: {
        ...defaultSettings,
        port,
        maxConnections,
        authentication: false,
        ha: cluster !== undefined ? 'cluster' : queueReplication ? 'stand-alone' : 'off',
        haBrokersUrl: cluster ?? '',
        haReplicate: cluster === undefined ? 'none' : 'all',
        haBackupTimeout: 1,
        ...(acl === undefined ? {} : { access: new AccessControl(acl) }),
        linkHeartbeatInterval: 2,
        linkMaintenanceInterval: 1,
      },
    });
    return {
      port: broker.port,
      async stop(how) {
        if (how === 'kill') broker.kill();
        else await broker.stop();
        await broker.stopped;
      },
    };
  };
}

function startQpidd(options: BrokerOptions): Start {
  const data = options.store ? temporaryFolder('data') : undefined;
  return (port) => spawnQpidd(options, data, port);
}

async function spawnQpidd(options: BrokerOptions, data: string | undefined, port: number): Promise<Server> {
  const { queueReplication = true, maxConnections = 500, cluster, acl, args = [] } = options;
  const modules = process.env.QPIDD_MODULES ?? '';
  const child = spawn(
    process.env.QPIDD ?? 'qpidd',
    combine(args, [
      `--port=${port}`,
      '--interface=127.0.0.1',
      '--auth=no',
      ...(data === undefined
        ? ['--no-data-dir']
        : [`--data-dir=${data}`, `--load-module=${join(modules, 'linearstore.so')}`]),
      '--no-module-dir',
      `--load-module=${join(modules, 'ha.so')}`,
      `--load-module=${join(modules, 'amqp.so')}`,
      `--ha-queue-replication=${queueReplication ? 'yes' : 'no'}`,
      `--max-connections=${maxConnections}`,
      ...(cluster === undefined
        ? []
        : ['--ha-cluster=yes', `--ha-brokers-url=${cluster}`, '--ha-replicate=all', '--ha-backup-timeout=1']),
      ...(acl === undefined ? [] : [`--acl-file=${writeAcl(acl)}`]),
      '--link-heartbeat-interval=2',
      '--link-maintenance-interval=1',
      '--log-to-stderr=yes',
      '--log-enable=notice+',
    ]),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  running.add(child);
  child.once('exit', () => running.delete(child));
  return {
    port: await portOf(child),
    async stop(how) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
      await once(child, 'exit');
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
  };
}

/** An option that is given twice stops the broker. */
function combine(args: readonly string[], standard: readonly string[]): readonly string[] {
  const nameOf = (arg: string): string => arg.replace(/=.*/s, '');
  const given = new Set(args.map(nameOf));
  return [...standard.filter((arg) => nameOf(arg) === '--load-module' || !given.has(nameOf(arg))), ...args];
}

function writeAcl(lines: readonly string[]): string {
  const file = join(temporaryFolder('acl'), 'test.acl');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

/** Gone with the process. */
function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `qpidha-${purpose}-`));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];

/** From the log, which is read on and on: a full pipe would stop the broker. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000);
      const port = /Listening on TCP\S* port (\d+)/.exec(log)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`qpidd did not start: ${log}`)));
  });
}

/** A test process that ends early leaves no broker behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
