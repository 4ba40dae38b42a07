/** Two brokers and the engine between them, as every test of replication needs them. */
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection, Credentials, OutgoingMessage, QmfMap } from '../../server/amqp/contract';
import { openConnections } from '../../server/replication/connections';
import type { BrokerRef, EngineContext, EngineEvent, Replication } from '../../server/replication/contract';
import { brokerObject, haBrokerObject, replicatorName } from '../../server/replication/names';
import {
  observeInventory,
  observeQueue,
  observeReplica,
  probeReplicator,
} from '../../server/replication/observe/observe';
import { type BrokerKind, type BrokerOptions, startBroker, type TestBroker } from './brokers';

export interface Pair {
  readonly origin: TestBroker;
  readonly replica: TestBroker;
  stop(): Promise<void>;
}

export async function startPair(kind: BrokerKind, options: Omit<BrokerOptions, 'name'> = {}): Promise<Pair> {
  const [origin, replica] = await Promise.all([
    startBroker(kind, { ...options, name: 'node1' }),
    startBroker(kind, { ...options, name: 'node2' }),
  ]);
  return {
    origin,
    replica,
    async stop() {
      await Promise.all([origin.stop(), replica.stop()]);
    },
  };
}

export function replicationOf(
  queue: string,
  { origin, replica }: { origin: TestBroker | BrokerRef; replica: TestBroker | BrokerRef },
): Replication {
  return { queue, origin: refOf(origin), replica: refOf(replica), create: 'if-missing' };
}

function refOf(broker: TestBroker | BrokerRef): BrokerRef {
  return 'ref' in broker ? broker.ref : broker;
}

export interface EngineOptions {
  /** Milliseconds for the verb. */
  readonly deadline?: number;
  /** Milliseconds for a request. */
  readonly requestDeadline?: number;
  readonly signal?: AbortSignal;
  /** For all brokers. */
  readonly credentials?: Credentials;
  onEvent?(event: EngineEvent): void;
  /** Stands between the engine and a broker, to go wrong. */
  intercept?(connection: BrokerConnection): BrokerConnection;
}

/** Runs a verb as a door does: with connections of its own, closed afterwards. */
export async function engine<Result>(
  work: (context: EngineContext) => Promise<Result>,
  options: EngineOptions = {},
): Promise<Result> {
  const { deadline = 15_000, requestDeadline = 5000, signal = new AbortController().signal } = options;
  const connections = openConnections({
    connect,
    credentials: async (_broker, reason) => (reason === 'stored' ? options.credentials : undefined),
    deadline: requestDeadline,
    allowPlainText: false,
    signal,
  });
  try {
    return await work({
      async connection(broker) {
        const connection = await connections.connection(broker);
        return options.intercept?.(connection) ?? connection;
      },
      signal,
      deadline,
      onEvent: (event) => options.onEvent?.(event),
    });
  } finally {
    await connections.close();
  }
}

type Call = (method: string, args: QmfMap, next: () => Promise<QmfMap>) => Promise<QmfMap>;

/** The connection, with every method call going through `call` first. */
export function interceptCalls(connection: BrokerConnection, call: Call): BrokerConnection {
  const { qmf } = connection;
  return {
    name: connection.name,
    member: connection.member,
    openSender: (queue) => connection.openSender(queue),
    openReceiver: (queue, mode) => connection.openReceiver(queue, mode),
    openHolder: (queue) => connection.openHolder(queue),
    openEvents: (listener) => connection.openEvents(listener),
    ended: connection.ended,
    close: () => connection.close(),
    qmf: {
      objects: (className) => qmf.objects(className),
      object: (objectName) => qmf.object(objectName),
      call: (objectName, method, args) => call(method, args, () => qmf.call(objectName, method, args)),
    },
  };
}

export async function createQueue(broker: TestBroker, name: string, properties: QmfMap = {}): Promise<void> {
  const { qmf } = await broker.connection();
  await qmf.call(brokerObject, 'create', { type: 'queue', name, properties, strict: true });
}

export async function deletePiece(broker: TestBroker, type: string, name: string): Promise<void> {
  const { qmf } = await broker.connection();
  await qmf.call(brokerObject, 'delete', { type, name, options: {} });
}

/** The bare method, as any other tool would call it. */
export async function replicateByHand(replica: TestBroker, queue: string, origin: TestBroker): Promise<void> {
  const { qmf } = await replica.connection();
  await qmf.call(haBrokerObject, 'replicate', { broker: `127.0.0.1:${origin.port}`, queue });
}

export async function send(broker: TestBroker, queue: string, bodies: readonly string[]): Promise<void> {
  await sendMessages(
    broker,
    queue,
    bodies.map((body) => ({ body })),
  );
}

export async function sendMessages(
  broker: TestBroker,
  queue: string,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  const sender = await (await broker.connection()).openSender(queue);
  await sender.send(messages);
  await sender.close();
}

export function numbered(count: number, prefix = 'm'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

export function consume(broker: TestBroker, queue: string, count: number): Promise<readonly string[]> {
  return take(broker, queue, 'consume', count);
}

/** Everything on the queue; nothing must arrive meanwhile. */
export async function browse(broker: TestBroker, queue: string): Promise<readonly string[]> {
  const count = await depth(broker, queue);
  return count === undefined || count === 0 ? [] : take(broker, queue, 'browse', count);
}

async function take(broker: TestBroker, queue: string, mode: 'browse' | 'consume', count: number) {
  const receiver = await (await broker.connection()).openReceiver(queue, mode);
  const messages = await receiver.take(count, 200);
  await receiver.close();
  return messages.map(({ body }) => Buffer.from(body).toString());
}

export async function depth(broker: TestBroker, queue: string): Promise<number | undefined> {
  return (await observeQueue(await broker.connection(), queue))?.depth;
}

/** Every piece of replication on a broker; an empty list after a clean stop. Links on their way out do not count. */
export async function piecesOn(broker: TestBroker, queue: string): Promise<readonly string[]> {
  const connection = await broker.connection();
  const { bridges, links } = await observeInventory(connection);
  const replicator = await probeReplicator(connection, queue);
  return [
    ...bridges.map(({ name }) => name),
    ...(replicator === 'present' ? [replicatorName(queue)] : []),
    ...links.filter(({ state }) => state !== 'Closing').map(({ name, state }) => `${name} ${state}`),
  ];
}

export function viewOf(broker: TestBroker, queue: string) {
  return broker.connection().then((connection) => observeReplica(connection, queue));
}

/** Looks until it is so. Fails after ten seconds. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not so after ten seconds: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
