/** Everything that a plan is decided by: the brokers, and the replications on them. */
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerRef, EngineContext } from '../contract';
import { countConnections, type Inventory, observeInventory } from '../observe/observe';
import { type Looked, lookAt } from '../status';
import type { DesiredReplication } from './desired';
import type { PlanRequest } from './plan-step';

export interface World {
  readonly brokers: readonly BrokerLook[];
  readonly entries: readonly EntryLook[];
}

export interface BrokerLook {
  readonly broker: BrokerRef;
  /** Undefined where it could not be asked. */
  readonly seen: { readonly inventory: Inventory; readonly connections: number } | undefined;
  readonly error: BrokerError | undefined;
}

export interface EntryLook {
  readonly desired: DesiredReplication;
  /** Undefined where the replica broker could not be asked. */
  readonly looked: Looked | undefined;
  readonly error: BrokerError | undefined;
}

/** Looks at all brokers and all entries at the same time. */
export async function observeWorld(
  { brokers, desired }: PlanRequest,
  context: EngineContext,
): Promise<World> {
  const seen = await Promise.all(brokers.map((broker) => lookAtBroker(broker, context)));
  const errors = new Map(
    seen.flatMap(({ broker, error }) => (error === undefined ? [] : [[broker.endpoint.text, error]])),
  );
  const entries = await Promise.all(desired.map((entry) => lookAtEntry(entry, context, errors)));
  return { brokers: seen, entries };
}

async function lookAtBroker(broker: BrokerRef, context: EngineContext): Promise<BrokerLook> {
  context.onEvent({ type: 'look', broker: broker.name, text: 'looking at its replications' });
  try {
    const connection = await context.connection(broker);
    const [inventory, connections] = await Promise.all([
      observeInventory(connection),
      countConnections(connection),
    ]);
    return { broker, seen: { inventory, connections }, error: undefined };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return { broker, seen: undefined, error };
  }
}

/** `errors`: brokers that need not be tried again, by their addresses. */
async function lookAtEntry(
  desired: DesiredReplication,
  context: EngineContext,
  errors: Map<string, BrokerError>,
): Promise<EntryLook> {
  const { replication } = desired;
  const known = errors.get(replication.replica.endpoint.text);
  if (known !== undefined) return { desired, looked: undefined, error: known };
  try {
    return { desired, looked: await lookAt(replication, context, errors), error: undefined };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return { desired, looked: undefined, error };
  }
}
