/** One look of a watch, at all brokers and all replications of its manifests. */
import { formatMember } from '../../address/endpoint';
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerRef, EngineContext } from '../contract';
import { spareLinks } from '../observe/observation';
import { observeBroker } from '../observe/observe';
import { withSharedLooks } from '../observe/shared-looks';
import { pause } from '../patience';
import type { DesiredReplication } from '../planning/desired';
import { type Looked, lookAt, noted } from '../status';
import type { WatchedEntry } from './watch-entry';

/** A broker that answered. */
export interface BrokerSeen {
  readonly systemId: string | undefined;
  /** `standalone`, or of a cluster `active`; undefined without HA. */
  readonly status: string | undefined;
  readonly started: bigint;
  /** `host:port` of the member that let us in. */
  readonly member: string;
}

export interface WatchedBroker {
  readonly broker: BrokerRef;
  readonly seen: BrokerSeen | undefined;
  readonly error: BrokerError | undefined;
}

export interface Snapshot {
  readonly brokers: readonly WatchedBroker[];
  readonly entries: readonly WatchedEntry[];
}

/** Resolves whatever the brokers do. Throws `BrokerError` only when it is cancelled. */
export async function takeSnapshot(
  brokers: readonly BrokerRef[],
  desired: readonly DesiredReplication[],
  unshared: EngineContext,
): Promise<Snapshot> {
  const context = withSharedLooks(unshared);
  const seen = await Promise.all(brokers.map((broker) => lookAtBroker(broker, context)));
  const errors = new Map(
    seen.flatMap(({ broker, error }) => (error === undefined ? [] : [[broker.endpoint.text, error]])),
  );
  const entries = await Promise.all(
    desired.map((entry) => lookAtEntry(entry, { context, unshared }, errors)),
  );
  return { brokers: seen, entries };
}

async function lookAtBroker(broker: BrokerRef, context: EngineContext): Promise<WatchedBroker> {
  try {
    const connection = await context.connection(broker);
    const { ha, started } = await observeBroker(connection);
    const seen = {
      systemId: ha?.systemId,
      status: ha?.status,
      started,
      member: formatMember(connection.member),
    };
    return { broker, seen, error: undefined };
  } catch (error) {
    return { broker, seen: undefined, error: unlessCancelled(error, context) };
  }
}

async function lookAtEntry(
  desired: DesiredReplication,
  { context, unshared }: Readonly<Record<'context' | 'unshared', EngineContext>>,
  errors: Map<string, BrokerError>,
): Promise<WatchedEntry> {
  const { replication } = desired;
  if (errors.has(replication.replica.endpoint.text)) return { desired, looked: undefined };
  try {
    const looked = await settled(() => lookAt(replication, context, errors), context);
    return { desired, looked: { ...looked, status: await noted(looked, unshared) } };
  } catch (error) {
    unlessCancelled(error, context);
    return { desired, looked: undefined };
  }
}

/** Milliseconds in which a stop gets from one of its steps to the next. */
const step = 500;

/** Somebody's stop passes through states that would be faults if they lasted: they are believed at the second look. */
async function settled(look: () => Promise<Looked>, { signal }: EngineContext): Promise<Looked> {
  const looked = await look();
  if (!isHalfWay(looked)) return looked;
  await pause(step, signal);
  return await look();
}

function isHalfWay({ status, observation }: Looked): boolean {
  return status.state === 'half-stopped' || (status.state === 'absent' && spareLinks(observation).length > 0);
}

function unlessCancelled(error: unknown, { signal }: EngineContext): BrokerError {
  if (error instanceof BrokerError && !signal.aborted) return error;
  throw error;
}
