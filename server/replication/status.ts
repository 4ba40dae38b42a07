/** A replication as seen from both ends. */
import { BrokerError } from '../amqp/broker-error';
import type { BrokerConnection } from '../amqp/contract';
import { brokerAt } from './addresses';
import { findHolding } from './change/holding-queue';
import type { BrokerRef, EngineContext, LinkStatus, Replication, ReplicationStatus } from './contract';
import { classify, toLinkStatus } from './judge/classify';
import { withNotes } from './judge/notes';
import { messages } from './judge/verdict';
import { keyOf, reservedPrefix } from './names';
import { isGoing, linkOf, type Observation, type ObservedOrigin, spareLinks } from './observe/observation';
import {
  countConnections,
  type Inventory,
  type LinkView,
  observeBroker,
  observeInventory,
  observeOrigin,
  observeReplica,
  probeReplicator,
  type ReplicaView,
} from './observe/observe';
import { withSharedLooks } from './observe/shared-looks';
import { observeTraffic, type Traffic } from './observe/traffic';
import { pause, stopIfCancelled } from './patience';
import { lacksConnections, refuseHalfMade } from './refusals';

/** What was seen last, and what it means. */
export interface Looked {
  readonly status: ReplicationStatus;
  readonly observation: Observation;
}

/**
 * One replication. Throws `BrokerError` when the replica broker cannot be asked; an origin broker that cannot be
 * asked is told in the status.
 */
export async function status(replication: Replication, context: EngineContext): Promise<ReplicationStatus> {
  return noted(await lookAt(replication, context), context);
}

/** Milliseconds after which a link is not one that a `replicate` in flight is about to give a bridge. */
const settling = 150;

/** With what is wrong beside it. `context` must look anew: only what lasts is told. */
export async function noted(
  { status, observation }: Looked,
  context: EngineContext,
): Promise<ReplicationStatus> {
  const spare = await lastingLinks(observation.replica.broker, spareLinks(observation), context);
  return withNotes(status, observation, spare);
}

async function lastingLinks(
  replica: BrokerRef,
  links: readonly LinkView[],
  context: EngineContext,
): Promise<readonly LinkView[]> {
  if (links.length === 0) return links;
  await pause(settling, context.signal);
  const later = await observeInventory(await context.connection(replica));
  return later.spareLinks.filter((link) => !isGoing(link) && links.some(({ name }) => name === link.name));
}

/**
 * As `status`, with what it is made of. `unreachable` remembers, by their addresses, origin brokers that need not be
 * tried again.
 */
export async function lookAt(
  replication: Replication,
  context: EngineContext,
  unreachable = new Map<string, BrokerError>(),
): Promise<Looked> {
  const { queue, origin, replica, linkAddress } = replication;
  const connection = await context.connection(replica);
  const shortages = await shortagesOf([replica, origin], context, unreachable);
  const looked = await settle(context, async () => {
    const view = await observeReplica(connection, queue);
    return {
      queue,
      replica: { broker: replica, view },
      origin: await askOrigin(origin, queue, context, unreachable),
      linkAddress,
      traffic: await trafficOf(connection, view, queue),
      shortages,
    };
  });
  return { ...looked, status: await withHalfMade(looked.status, replication, connection) };
}

/** Where nothing replicates, a run that was to make the replica an origin may have been broken off. */
async function withHalfMade(
  seen: ReplicationStatus,
  { queue, replica }: Replication,
  connection: BrokerConnection,
): Promise<ReplicationStatus> {
  if (seen.state !== 'absent' && seen.state !== 'half-stopped') return seen;
  const holding = await findHolding(connection, queue);
  if (holding === 'none' || holding === 'foreign') return seen;
  const { message, advice } = refuseHalfMade({ queue, replica });
  const held = `${messages(holding.details.depth)} in "${holding.name}"`;
  return { ...seen, cause: `${held}: ${message.replace(/\.$/, '')}`, next: advice };
}

/** Of a queue that is not replicated, everybody may do anything. */
async function trafficOf(
  connection: BrokerConnection,
  { bridges }: ReplicaView,
  queue: string,
): Promise<Traffic | undefined> {
  return bridges.length === 0 ? undefined : observeTraffic(connection, queue);
}

/** Brokers at the brink of their limit; of those that cannot be asked is told elsewhere. */
async function shortagesOf(
  brokers: readonly BrokerRef[],
  context: EngineContext,
  unreachable: Map<string, BrokerError>,
): Promise<readonly string[]> {
  const clauses = brokers.map(async (broker) => {
    if (unreachable.has(broker.endpoint.text)) return [];
    try {
      const connection = await context.connection(broker);
      const [{ connectionLimit }, open] = await Promise.all([
        observeBroker(connection),
        countConnections(connection),
      ]);
      return lacksConnections(connectionLimit, open)
        ? [`${broker.name} has ${open} of ${connectionLimit} connections in use`]
        : [];
    } catch (error) {
      if (!(error instanceof BrokerError) || context.signal.aborted) throw error;
      unreachable.set(broker.endpoint.text, error);
      return [];
    }
  });
  return (await Promise.all(clauses)).flat();
}

/**
 * Every replication that a replica broker runs, or has the remains of. The origins are asked at the addresses of
 * their links. Throws `BrokerError` when the replica broker cannot be asked.
 */
export async function statusOfReplica(
  replica: BrokerRef,
  unshared: EngineContext,
): Promise<readonly ReplicationStatus[]> {
  const context = withSharedLooks(unshared);
  const connection = await context.connection(replica);
  const inventory = await observeInventory(connection);
  const queues = new Set(inventory.bridges.map(({ queue }) => queue));
  for (const queue of await orphanedReplicators(connection, inventory, queues)) queues.add(queue);
  const unreachable = new Map<string, BrokerError>();
  const shortages = await shortagesOf([replica], context, unreachable);
  const looked = [...queues].map((queue) =>
    settle(context, async () => {
      const view = await observeReplica(connection, queue);
      const origin = originOf(view);
      return {
        queue,
        replica: { broker: replica, view },
        origin: origin && (await askOrigin(origin, queue, context, unreachable)),
        linkAddress: undefined,
        traffic: await trafficOf(connection, view, queue),
        shortages,
      };
    }),
  );
  return Promise.all((await Promise.all(looked)).map((one) => noted(one, context)));
}

/** Replication links that no bridge uses, wherever they lead. Throws `BrokerError`. */
export async function leftOverLinks(
  replica: BrokerRef,
  context: EngineContext,
): Promise<readonly LinkStatus[]> {
  const { spareLinks: links } = await observeInventory(await context.connection(replica));
  const lasting = await lastingLinks(
    replica,
    links.filter((link) => !isGoing(link)),
    context,
  );
  return lasting.map(toLinkStatus);
}

/**
 * States that may be gone at the next look, and how many looks make sure: a piece comes and goes within milliseconds
 * of another tool's steps, a standstill takes longer to tell from a pause.
 */
const looks: Partial<Record<ReplicationStatus['state'], number>> = {
  'half-stopped': 2,
  doubled: 2,
  'catching-up': 4,
  stalled: 4,
  diverged: 4,
  'foreign-traffic': 4,
};

const probesAtOnce = 32;

/** Milliseconds between looks at what may pass. */
const pauses = [50, 150, 300, 500];

async function settle(context: EngineContext, observe: () => Promise<Observation>): Promise<Looked> {
  const first = await observe();
  let seen = { status: classify(first), observation: first };
  for (const [index, wait] of pauses.entries()) {
    if (index >= (looks[seen.status.state] ?? 0)) return seen;
    const { replica, queue } = first;
    context.onEvent({ type: 'look', broker: replica.broker.name, text: `watching "${queue}"` });
    await pause(wait, context.signal);
    stopIfCancelled(context.signal, replica.broker.name, `looking at "${queue}"`);
    const next = await observe();
    const now = classify(next, seen.observation);
    // One quiet moment is no standstill: the whole time is.
    seen = { status: looks[now.state] === undefined ? now : classify(next, first), observation: next };
  }
  return seen;
}

/** What the origin shows, or why it does not. `unreachable` remembers brokers that need not be tried again. */
export async function askOrigin(
  broker: BrokerRef,
  queue: string,
  context: EngineContext,
  unreachable?: Map<string, BrokerError>,
): Promise<ObservedOrigin> {
  const known = unreachable?.get(broker.endpoint.text);
  if (known !== undefined) return { broker, view: undefined, error: known };
  try {
    return { broker, view: await observeOrigin(await context.connection(broker), queue), error: undefined };
  } catch (error) {
    if (!(error instanceof BrokerError) || context.signal.aborted) throw error;
    unreachable?.set(broker.endpoint.text, error);
    return { broker, view: undefined, error };
  }
}

/** The origin broker at the current address of the link. */
function originOf(view: ReplicaView): BrokerRef | undefined {
  for (const bridge of view.bridges) {
    const link = linkOf(view, bridge);
    const origin = link && brokerAt(link);
    if (origin !== undefined) return origin;
  }
  return undefined;
}

/**
 * Queues with a replicator but no bridge. Such a replicator is hidden, but the link that lost its bridge is not,
 * so nothing is probed on a broker without spare links.
 */
export async function orphanedReplicators(
  connection: BrokerConnection,
  inventory: Pick<Inventory, 'spareLinks'>,
  known: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (inventory.spareLinks.length === 0) return [];
  const queues = (await connection.qmf.objects('queue'))
    .map(({ name }) => keyOf(name, 'queue'))
    .filter((queue) => !known.has(queue) && !queue.startsWith(reservedPrefix));
  const orphans: string[] = [];
  for (let start = 0; start < queues.length; start += probesAtOnce) {
    const some = queues.slice(start, start + probesAtOnce);
    const presence = await Promise.all(some.map((queue) => probeReplicator(connection, queue)));
    orphans.push(...some.filter((_, index) => presence[index] === 'present'));
  }
  return orphans;
}
