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
import type { BrokerConnection } from '../../server/amqp/contract';
import { startEmbeddedBroker } from '../../server/embedded-broker/embedded-broker';
import { defaultSettings } from '../../server/embedded-broker/settings';
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
  /** `ha-brokers-url` of the cluster that a real broker is to join. */
  readonly cluster?: string;
  /** Lines of an ACL file, for real brokers only. Every user is `anonymous@QPID`. */
  readonly acl?: readonly string[];
  /** More options of a real broker, or others than the usual ones: `--auth=yes`. */
  readonly args?: readonly string[];
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
  /** Stops and continues the process: a broker that hangs. Real brokers only. */
  readonly freeze: (() => void) | undefined;
  readonly thaw: (() => void) | undefined;
}

/** A running broker without a store: nothing of it survives. */
export async function startBroker(kind: BrokerKind, options: BrokerOptions): Promise<TestBroker> {
  const server = await servers[kind](options);
  const ref = toRef(options.name, server.port);
  let opened: Promise<BrokerConnection> | undefined;
  return {
    kind,
    port: server.port,
    ref,
    connection() {
      opened ??= connect(ref);
      return opened;
    },
    async stop() {
      await (await opened?.catch(() => undefined))?.close();
      await server.stop();
    },
    freeze: server.freeze,
    thaw: server.thaw,
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
  stop(): Promise<void>;
  readonly freeze?: () => void;
  readonly thaw?: () => void;
}

const servers: Readonly<Record<BrokerKind, (options: BrokerOptions) => Promise<Server>>> = {
  embedded: startEmbedded,
  qpidd: startQpidd,
};

async function startEmbedded(options: BrokerOptions): Promise<Server> {
  const { queueReplication = true, port = 0, maxConnections = 500 } = options;
  const broker = await startEmbeddedBroker({
    settings: {
      ...defaultSettings,
      port,
      maxConnections,
      authentication: false,
      ha: queueReplication ? 'stand-alone' : 'off',
      linkHeartbeatInterval: 2,
      linkMaintenanceInterval: 1,
    },
  });
  return {
    port: broker.port,
    async stop() {
      broker.kill();
      await broker.stopped;
    },
  };
}

async function startQpidd(options: BrokerOptions): Promise<Server> {
  const { queueReplication = true, port = 0, maxConnections = 500, cluster, acl, args = [] } = options;
  const modules = process.env.QPIDD_MODULES ?? '';
  const child = spawn(
    process.env.QPIDD ?? 'qpidd',
    combine(args, [
      `--port=${port}`,
      '--interface=127.0.0.1',
      '--auth=no',
      '--no-data-dir',
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
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
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
  const folder = mkdtempSync(join(tmpdir(), 'qpidha-acl-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'test.acl');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

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
});
