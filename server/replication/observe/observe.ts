/** Reads from both brokers what exists of a replication. Looks only: nothing here changes a broker. */
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerConnection, QmfMap, QmfObject } from '../../amqp/contract';
import {
  brokerObject,
  haBrokerObject,
  isReplicationLink,
  keyOf,
  queueObject,
  queueOfReplicator,
  replicatorName,
} from '../names';
import { flagOf, isMap, mapOf, numberOf, referenceOf, textOf, uuidOf } from './qmf-values';

export interface HaView {
  /** `standalone`; of a cluster `active`, `recovering` (an active one that waits for its backups), or a backup's. */
  readonly status: string;
  readonly systemId: string | undefined;
  /** Of all members of its cluster, as they reach each other. */
  readonly brokersUrl?: string;
  /** System ids of the members of its cluster, itself among them. */
  readonly memberIds?: readonly string[];
}

/** Who a broker is. */
export interface BrokerView {
  /** Undefined where neither ha-queue-replication nor ha-cluster is on. */
  readonly ha: HaView | undefined;
  /** Nanoseconds since the epoch, by the broker's own clock. Two brokers' clocks need not agree. */
  readonly now: bigint;
  readonly started: bigint;
  readonly connectionLimit: number;
}

export interface QueueView {
  /** Nanoseconds since the epoch, by the broker's own clock. */
  readonly created: bigint;
  readonly depth: number;
  /** Counters since the queue was created. */
  readonly enqueued: number;
  readonly dequeued: number;
  readonly expired: number;
  /** Taken by consumers, since the queue was created; what the replication removes is not counted (measured). */
  readonly acquired: number;
  /** Given back by consumers. */
  readonly released: number;
  /** Flow control holds back whoever sends to it. */
  readonly flowStopped: boolean;
  /** Replicating subscriptions are not counted among them (ReplicatingSubscription.h isCounted). */
  readonly consumers: number;
  /** One, to the default exchange, on a queue that nobody has bound. */
  readonly bindings: number;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly arguments: QmfMap;
}

export interface LinkView {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** tcp, ssl or rdma. */
  readonly transport: string;
  /** Connecting, Operational, Waiting, Failed, Closed, Closing. */
  readonly state: string;
  /** Sticky: it stays after the link has recovered. */
  readonly lastError: string;
  /** `Operational` is set at TCP connect; this is set when the AMQP handshake is done (Link.cpp opened). */
  readonly opened: boolean;
}

export interface BridgeView {
  readonly name: string;
  readonly queue: string;
  readonly created: bigint;
  readonly link: string;
}

/** Every replication link and bridge of a replica broker. */
export interface Inventory extends BrokerView {
  readonly bridges: readonly BridgeView[];
  readonly links: readonly LinkView[];
  /** Replication links that no bridge uses: they carry nothing. */
  readonly spareLinks: readonly LinkView[];
}

export type Presence = 'present' | 'absent' | 'unknown';

/** What a replica broker shows of one queue. */
export interface ReplicaView extends Omit<Inventory, 'bridges'> {
  readonly queue: QueueView | undefined;
  readonly bridges: readonly BridgeView[];
  /** The hidden exchange; `unknown` where an ACL forbids to look. */
  readonly replicator: Presence;
}

/** A replicating subscription, as the broker that has the messages lists it. */
export interface SubscriptionView {
  /** Of the broker that receives. */
  readonly systemId: string | undefined;
  /** Contains the name of the bridge. */
  readonly session: string;
  readonly created: bigint;
  /** Whether the replica queue was empty when this subscription began. */
  readonly fromEmpty: boolean;
}

/** What an origin broker shows of one queue. */
export interface OriginView extends BrokerView {
  readonly queue: QueueView | undefined;
  /** To any replica broker. */
  readonly subscriptions: readonly SubscriptionView[];
}

export async function observeBroker({ qmf }: BrokerConnection): Promise<BrokerView> {
  // By its class, for a query by name does not bring the uptime up to date (ManagementAgent.cpp handleGetQuery).
  const [[broker], ha] = await Promise.all([qmf.objects('broker'), qmf.object(haBrokerObject)]);
  const started = broker?.created ?? 0n;
  const uptime = BigInt(Math.round(numberOf(broker?.values ?? {}, 'uptime')));
  return {
    ha: ha && {
      status: textOf(ha.values, 'status'),
      systemId: uuidOf(ha.values, 'systemId'),
      brokersUrl: textOf(ha.values, 'brokersUrl'),
      memberIds: memberIdsOf(ha),
    },
    now: uptime > 0n ? started + uptime : (broker?.updated ?? 0n),
    started,
    connectionLimit: numberOf(broker?.values ?? {}, 'maxConns'),
  };
}

function memberIdsOf({ values: { members } }: QmfObject): readonly string[] {
  if (!Array.isArray(members)) return [];
  return members.flatMap((member) => (isMap(member) ? (uuidOf(member, 'system-id') ?? []) : []));
}

export async function observeInventory(connection: BrokerConnection): Promise<Inventory> {
  const { qmf } = connection;
  const [broker, bridges, links] = await Promise.all([
    observeBroker(connection),
    qmf.objects('bridge'),
    qmf.objects('link'),
  ]);
  const { used, replicating } = bridgesOf(bridges);
  const replicationLinks = linksOf(links);
  return {
    ...broker,
    bridges: replicating,
    links: replicationLinks,
    spareLinks: replicationLinks.filter(({ name }) => !used.has(name)),
  };
}

/** Looks that share an answer also share what it was read into. */
function readOnce<Result>(read: (objects: readonly QmfObject[]) => Result) {
  const known = new WeakMap<readonly QmfObject[], Result>();
  return (objects: readonly QmfObject[]): Result => {
    const result = known.get(objects) ?? read(objects);
    known.set(objects, result);
    return result;
  };
}

const bridgesOf = readOnce((bridges) => ({
  /** Names of links. */
  used: new Set(bridges.map((bridge) => keyOf(referenceOf(bridge.values, 'linkRef'), 'link'))),
  replicating: bridges.flatMap(toBridge),
}));

const linksOf = readOnce((links) => links.map(toLink).filter(({ name }) => isReplicationLink(name)));

export async function observeReplica(connection: BrokerConnection, queue: string): Promise<ReplicaView> {
  const [all, queueView, replicator] = await Promise.all([
    observeInventory(connection),
    observeQueue(connection, queue),
    probeReplicator(connection, queue),
  ]);
  return {
    ...all,
    queue: queueView,
    bridges: all.bridges.filter((bridge) => bridge.queue === queue),
    replicator,
  };
}

export async function observeOrigin(connection: BrokerConnection, queue: string): Promise<OriginView> {
  const [broker, queueView, subscriptions] = await Promise.all([
    observeBroker(connection),
    observeQueue(connection, queue),
    observeSubscriptions(connection, queue),
  ]);
  return { ...broker, queue: queueView, subscriptions };
}

export async function observeQueue({ qmf }: BrokerConnection, queue: string): Promise<QueueView | undefined> {
  const object = await qmf.object(queueObject(queue));
  return object && toQueue(object);
}

/** Who replicates the queue from this broker. */
export async function observeSubscriptions(
  { qmf }: BrokerConnection,
  queue: string,
): Promise<readonly SubscriptionView[]> {
  const name = replicatorName(queue);
  const subscriptions = await qmf.objects('subscription');
  return subscriptions.filter(({ values }) => textOf(values, 'name') === name).map(toSubscription);
}

/** Every replicating subscription of a broker, with its queue: who replicates anything from it. */
export async function observeReplicas({
  qmf,
}: BrokerConnection): Promise<readonly (SubscriptionView & { readonly queue: string })[]> {
  const subscriptions = await qmf.objects('subscription');
  return subscriptions.flatMap((subscription) => {
    const queue = queueOfReplicator(textOf(subscription.values, 'name'));
    return queue === undefined ? [] : [{ ...toSubscription(subscription), queue }];
  });
}

/** The backups of a cluster follow their primary in whatever is done to a queue: they are not among them. */
export async function othersReplicating(
  connection: BrokerConnection,
  queue: string,
): Promise<readonly SubscriptionView[]> {
  const [{ ha }, subscriptions] = await Promise.all([
    observeBroker(connection),
    observeSubscriptions(connection, queue),
  ]);
  const members = new Set(ha?.memberIds);
  return subscriptions.filter(({ systemId }) => systemId === undefined || !members.has(systemId));
}

/** Connections of any kind, incoming and outgoing: all of them count against `max-connections`. */
export async function countConnections({ qmf }: BrokerConnection): Promise<number> {
  return (await qmf.objects('connection')).length;
}

/**
 * Whether the hidden exchange exists, without a trace on the broker: a binding that is not there is unbound from
 * it, or, where the queue's name would break the binding's path, a sender is attached and sends nothing.
 */
export async function probeReplicator(connection: BrokerConnection, queue: string): Promise<Presence> {
  try {
    return queue.includes('/')
      ? await probeByAttach(connection, queue)
      : await probeByUnbind(connection, queue);
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    if (error.kind === 'not-found') return 'absent';
    if (error.kind !== 'forbidden') throw error;
    return queue.includes('/') ? 'unknown' : await probeByAttach(connection, queue).catch(presenceOf);
  }
}

async function probeByUnbind({ qmf }: BrokerConnection, queue: string): Promise<Presence> {
  try {
    const name = `${replicatorName(queue)}/${queue}/nokey`;
    await qmf.call(brokerObject, 'delete', { type: 'binding', name, options: {} });
  } catch (error) {
    // Broker.cpp unbind: an exclusive queue is complained of after the exchange has been found.
    if (!(error instanceof BrokerError && error.text?.startsWith('resource-locked'))) throw error;
  }
  return 'present';
}

async function probeByAttach(connection: BrokerConnection, queue: string): Promise<Presence> {
  const sender = await connection.openSender(replicatorName(queue));
  await sender.close();
  return 'present';
}

function presenceOf(error: unknown): Presence {
  if (error instanceof BrokerError && error.kind === 'not-found') return 'absent';
  if (error instanceof BrokerError && error.kind === 'forbidden') return 'unknown';
  throw error;
}

function toQueue({ created, values }: QmfObject): QueueView {
  return {
    created,
    depth: numberOf(values, 'msgDepth'),
    enqueued: numberOf(values, 'msgTotalEnqueues'),
    dequeued: numberOf(values, 'msgTotalDequeues'),
    expired: numberOf(values, 'discardsTtl'),
    acquired: numberOf(values, 'acquires'),
    released: numberOf(values, 'releases'),
    flowStopped: flagOf(values, 'flowStopped'),
    consumers: numberOf(values, 'consumerCount'),
    bindings: numberOf(values, 'bindingCount'),
    durable: flagOf(values, 'durable'),
    autoDelete: flagOf(values, 'autoDelete'),
    arguments: mapOf(values, 'arguments'),
  };
}

function toLink({ values }: QmfObject): LinkView {
  return {
    name: textOf(values, 'name'),
    host: textOf(values, 'host'),
    port: numberOf(values, 'port'),
    transport: textOf(values, 'transport'),
    state: textOf(values, 'state'),
    lastError: textOf(values, 'lastError'),
    opened: keyOf(referenceOf(values, 'connectionRef'), 'connection') !== '',
  };
}

function toBridge({ created, values }: QmfObject): readonly BridgeView[] {
  const queue = queueOfReplicator(textOf(values, 'dest'));
  if (queue === undefined) return [];
  return [
    { name: textOf(values, 'name'), queue, created, link: keyOf(referenceOf(values, 'linkRef'), 'link') },
  ];
}

function toSubscription({ created, values }: QmfObject): SubscriptionView {
  const args = mapOf(values, 'arguments');
  return {
    systemId: uuidOf(mapOf(args, 'qpid.ha-info'), 'system-id'),
    session: referenceOf(values, 'sessionRef'),
    created,
    fromEmpty: isEmptySet(args),
  };
}

/** `qpid.ha-ids` is an encoded set of ids: its length in two bytes, then the ranges. Empty is two zero bytes. */
function isEmptySet(args: QmfMap): boolean {
  const ids = args['qpid.ha-ids'];
  if (ids instanceof Uint8Array) return ids.length === 2 && ids[0] === 0 && ids[1] === 0;
  return ids === '\0\0';
}
